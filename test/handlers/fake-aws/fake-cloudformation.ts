import { Answer, page, Refusal } from './answer';

/** Stack sets with their instances. */
export class FakeCloudFormation {
  readonly stackSets = new Map<string, { account: string; region: string }[]>();
  pageSize = 1;

  call(input: URLSearchParams): Answer {
    const name = input.get('StackSetName') ?? '';
    const instances = this.stackSets.get(name);
    if (input.get('Action') !== 'ListStackInstances') throw new Refusal('InvalidAction');
    if (instances === undefined) throw new Refusal('StackSetNotFoundException', `StackSet ${name} not found`, 404);
    const there = instances.filter(({ region }) => region === (input.get('StackInstanceRegion') ?? region));
    const { items, next } = page({ name, filters: input.get('StackInstanceRegion') }, there, Math.min(this.pageSize, Number(input.get('MaxResults') ?? 100)), input.get('NextToken'));
    return Answer.query('ListStackInstances', `<Summaries>${items
      .map(({ account, region }) => `<member><Account>${account}</Account><Region>${region}</Region><Status>CURRENT</Status></member>`).join('')}</Summaries>`
      + (next ? `<NextToken>${next}</NextToken>` : ''));
  }
}
