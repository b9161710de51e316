import { Accounts, Call } from './call';
import { FakeAccount, FakeStackSet } from './fake-account';
import { FakeStack } from './fake-stack';
import { Answer, page, Refusal } from '../../handlers/fake-aws/answer';

type Input = Record<string, string | undefined>;

/** CloudFormation and STS, which answer in XML. */
export function queryAnswer(everyone: Accounts, call: Call): Answer {
  const account = everyone.account(call.account);
  const input = call.input as Input;
  const operation = OPERATIONS[call.operation];
  if (operation === undefined) throw new Refusal('InvalidAction', call.operation);
  return Answer.query(call.operation, operation(account, input, everyone));
}

const OPERATIONS: Record<string, (account: FakeAccount, input: Input, everyone: Accounts) => string> = {
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
    const text = stack.yaml ?? JSON.stringify({ ...stack.template, Metadata: stack.resources.map(({ name }) => name) });
    return `<TemplateBody>${text.replace(/"/g, '&quot;')}</TemplateBody>`;
  },
  ListImports: ({ stacks }, { ExportName: name = '' }) => {
    const importers = stacks.filter(({ isGone, options }) => !isGone && options.imports?.includes(name));
    if (importers.length === 0) throw new Refusal('ValidationError', `Export '${name}' is not imported by any stack.`);
    return `<Imports>${importers.map((one) => `<member>${one.name}</member>`).join('')}</Imports>`;
  },
  DeleteStack: (account, input, everyone) => {
    const stack = account.stacks.find(({ id, name }) => [id, name].includes(input.StackName ?? ''));
    if (stack && !stack.isGone) deleteWithSets(everyone, account, stack);
    return '';
  },
  ListStackSets: ({ stackSets, deletedStackSets }, input) => {
    if (input.CallAs === 'SELF' && input.Status === 'DELETED') {
      return list('Summaries', deletedStackSets.map((name) => `<member><StackSetName>${name}</StackSetName><StackSetId>${name}:1</StackSetId><Status>DELETED</Status></member>`), input);
    }
    const ofCaller = stackSets.filter(({ callAs }) => callAs === input.CallAs && input.Status !== 'DELETED');
    if (input.CallAs === 'DELEGATED_ADMIN' && ofCaller.length === 0) throw new Refusal('ValidationError', 'You must be a delegated administrator');
    return list('Summaries', ofCaller.map(({ name, description }) => `<member><StackSetName>${name}</StackSetName><StackSetId>${name}:1</StackSetId><Description>${description}</Description><Status>ACTIVE</Status></member>`), input);
  },
  DescribeStackSet: ({ stackSets }, input) => `<StackSet><TemplateBody>${JSON.stringify(setOf(stackSets, input).template).replace(/"/g, '&quot;')}</TemplateBody></StackSet>`,
  DeleteStackInstances: ({ operations, ...account }, input, everyone) => {
    const set = setOf(account.stackSets, input);
    const id = `operation-${operations.size + 1}`;
    const accounts = Object.entries(input).filter(([name]) => name.startsWith('Accounts.member.')).map(([, value]) => value!);
    const failures = accounts.flatMap((one) => {
      const target = everyone.account(one), stack = set.instances.get(one)!;
      // Without the target's role nobody enters.
      const isOpen = target.stacks.some(({ isGone, resources }) => !isGone && resources.some(({ name }) => name === stack.options.reads?.[0]));
      if (!isOpen && stack.options.reads !== undefined) return [`${one}: no role lets the stack set in`];
      if (input.RetainStacks !== 'true') target.deleteStack(stack);
      set.instances.delete(one);
      return [];
    });
    operations.set(id, failures.join('; '));
    return `<OperationId>${id}</OperationId>`;
  },
  DescribeStackSetOperation: ({ operations }, { OperationId: id = '' }) => `<StackSetOperation><Status>${operations.get(id) === '' ? 'SUCCEEDED' : 'FAILED'}</Status></StackSetOperation>`,
  ListStackSetOperationResults: ({ operations }, { OperationId: id = '' }) => (
    operations.get(id) === '' ? '<Summaries/>' : `<Summaries><member><Account>222222222222</Account><Status>FAILED</Status><StatusReason>${operations.get(id)}</StatusReason></member></Summaries>`
  ),
  DeleteStackSet: (account, input) => {
    const set = setOf(account.stackSets, input);
    if (set.instances.size > 0) throw new Refusal('StackSetNotEmptyException', 'StackSet is not empty');
    account.stackSets.splice(account.stackSets.indexOf(set), 1);
    return '';
  },
  ListStackInstances: ({ stackSets }, input) => (
    list('Summaries', [...setOf(stackSets, input).instances.keys()].map((account) => `<member><Account>${account}</Account><Region>eu-west-1</Region></member>`), input)
  ),
};

/** A stack set goes with the stack that made it, and its instances go first. */
function deleteWithSets(everyone: Accounts, account: FakeAccount, stack: FakeStack): void {
  for (const set of account.stackSets.filter(({ name }) => stack.resources.some((one) => one.name === `${name}:1`))) {
    for (const [id, instance] of set.instances) {
      everyone.account(id).deleteStack(instance);
      if (!instance.isGone) {
        Object.assign(stack, { status: 'DELETE_FAILED', reason: `${id}: ${instance.reason}` });
        return;
      }
      set.instances.delete(id);
    }
    account.stackSets.splice(account.stackSets.indexOf(set), 1);
  }
  account.deleteStack(stack);
}

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
