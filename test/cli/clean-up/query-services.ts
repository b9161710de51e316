import { FakeAccount, FakeStackSet } from './fake-account';
import { FakeStack } from './fake-stack';
import { Call, World } from './world';
import { Answer, page, Refusal } from '../../handlers/fake-aws/answer';

type Input = Record<string, string | undefined>;

/** CloudFormation and STS, which answer in XML. */
export function queryAnswer(world: World, call: Call): Answer {
  const account = world.account(call.account);
  const input = call.input as Input;
  const operation = OPERATIONS[call.operation];
  if (operation === undefined) throw new Refusal('InvalidAction', call.operation);
  return Answer.query(call.operation, operation(account, input, world));
}

const OPERATIONS: Record<string, (account: FakeAccount, input: Input, world: World) => string> = {
  GetCallerIdentity: ({ id }) => `<Account>${id}</Account>`,
  DescribeStacks: ({ stacks }, input) => input.StackName === undefined ? list('Stacks', stacks.filter(({ isGone }) => !isGone).map((one) => one.describe()), input)
    : `<Stacks>${stackOf(stacks, input).describe()}</Stacks>`,
  ListStackResources: ({ stacks }, input) => {
    const stack = stackOf(stacks, input);
    return list('StackResourceSummaries', stack.resources.map((one) => stack.describeResource(one)), input);
  },
  DescribeStackResources: ({ stacks }, { PhysicalResourceId: name }) => {
    const stack = stacks.find(({ isGone, resources, statuses }) => !isGone && resources.some((one) => one.name === name && statuses.get(one.name) !== 'DELETE_COMPLETE'));
    if (stack === undefined) throw new Refusal('ValidationError', `Stack for ${name} does not exist`);
    return `<StackResources>${stack.resources.map((one) => stack.describeResource(one)).join('')}</StackResources>`;
  },
  GetTemplate: ({ stacks }, input) => {
    const stack = stackOf(stacks, input);
    const text = JSON.stringify({ ...stack.template, Metadata: stack.resources.map(({ name }) => name) });
    return `<TemplateBody>${text.replace(/"/g, '&quot;')}</TemplateBody>`;
  },
  ListImports: ({ stacks }, { ExportName: name = '' }) => {
    const importers = stacks.filter(({ isGone, options }) => !isGone && options.imports?.includes(name));
    if (importers.length === 0) throw new Refusal('ValidationError', `Export '${name}' is not imported by any stack.`);
    return `<Imports>${importers.map((one) => `<member>${one.name}</member>`).join('')}</Imports>`;
  },
  DeleteStack: (account, input) => {
    const stack = account.stacks.find(({ id, name }) => [id, name].includes(input.StackName ?? ''));
    if (stack && !stack.isGone) account.deleteStack(stack);
    return '';
  },
  ListStackSets: ({ stackSets }, input) => {
    const ofCaller = stackSets.filter(({ callAs }) => callAs === input.CallAs);
    if (input.CallAs === 'DELEGATED_ADMIN' && ofCaller.length === 0) throw new Refusal('ValidationError', 'You must be a delegated administrator');
    return list('Summaries', ofCaller.map(({ name, description }) => `<member><StackSetName>${name}</StackSetName><StackSetId>${name}:1</StackSetId><Description>${description}</Description><Status>ACTIVE</Status></member>`), input);
  },
  DescribeStackSet: ({ stackSets }, input) => `<StackSet><TemplateBody>${JSON.stringify(setOf(stackSets, input).template).replace(/"/g, '&quot;')}</TemplateBody></StackSet>`,
  ListStackInstances: ({ stackSets }, input) => (
    list('Summaries', [...setOf(stackSets, input).instances.keys()].map((account) => `<member><Account>${account}</Account><Region>eu-west-1</Region></member>`), input)
  ),
};

function stackOf(stacks: FakeStack[], { StackName: wanted = '' }: Input): FakeStack {
  const stack = stacks.find(({ id, name, isGone }) => id === wanted || name === wanted && !isGone);
  if (stack === undefined) throw new Refusal('ValidationError', `Stack with id ${wanted} does not exist`);
  return stack;
}

function setOf(stackSets: FakeStackSet[], { StackSetName: wanted, CallAs: callAs }: Input): FakeStackSet {
  const set = stackSets.find((one) => one.name === wanted && one.callAs === (callAs ?? 'SELF'));
  if (set === undefined) throw new Refusal('StackSetNotFoundException', `StackSet ${wanted} not found`, 404);
  return set;
}

/** Short pages, since nobody may take the first for all. */
function list(name: string, members: string[], { NextToken, ...input }: Input): string {
  const { items, next } = page({ name, filters: input }, members, 3, NextToken);
  return `<${name}>${items.join('')}</${name}>${next === undefined ? '' : `<NextToken>${next}</NextToken>`}`;
}
