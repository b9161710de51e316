import { App, Aws, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { packed, PackedPolicies } from '../../src/private/packed-policies';
import { EMPTY_POLICY_SIZE, policySize, statementSize } from '../../src/private/policy-size';

const LARGEST = 5_900;

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

/** About a hundred characters, of which no two are merged: they differ in more than one thing. */
function statement(index: number, action = `s3:Action${index}`): PolicyStatement {
  return new PolicyStatement({ actions: [action], resources: [`arn:aws:s3:::bucket-${String(index).padStart(4, '0')}/some/prefix/*`] });
}

const statements = (count: number) => Array.from({ length: count }, (_, index) => statement(index));

function policies(): PackedPolicies {
  return new PackedPolicies(stack, 'Policy', new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }), 'test');
}

test('policies are filled in the order of the statements, and none is larger than IAM takes', () => {
  const all = statements(130);
  const groups = packed(stack, all);
  expect(groups.flat()).toEqual(all);
  expect(groups).toHaveLength(3);
  for (const [index, group] of groups.entries()) {
    expect(policySize(stack, group)).toBeLessThanOrEqual(LARGEST);
    const [next] = groups[index + 1] ?? [];
    if (next) expect(policySize(stack, [...group, next])).toBeGreaterThan(LARGEST);
  }
});

test('a statement that is there already takes no room, because the CDK writes it once', () => {
  const [group, ...others] = packed(stack, [...statements(50), ...statements(50), ...statements(50)]);
  expect(group).toHaveLength(150);
  expect(others).toEqual([]);
});

test('statements that say the same of other actions or resources are merged, and take the room that they have together', () => {
  const role = policies();
  for (let index = 0; index < 100; index++) role.add(statement(0, `s3:Action${index}`));
  const [policy, ...others] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(others).toEqual([]);
  expect(policy.Properties.PolicyDocument.Statement).toEqual([expect.objectContaining({ Resource: statement(0).resources[0] })]);
});

test('statements with conditions that only CloudFormation knows are never merged', () => {
  const role = policies();
  const reading = (bucket: string, condition: string) => new PolicyStatement({
    actions: ['s3:GetObject'],
    resources: [`arn:aws:s3:::${bucket}/*`],
    conditions: { StringEquals: { 'aws:PrincipalTag/team': Fn.conditionIf(condition, 'a', 'b') } },
  });
  for (const one of [reading('one', 'First'), reading('other', 'Second'), statement(0)]) role.add(one);
  const documents = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(documents).toEqual([
    [expect.objectContaining({ Resource: 'arn:aws:s3:::one/*', Condition: { StringEquals: { 'aws:PrincipalTag/team': { 'Fn::If': ['First', 'a', 'b'] } } } })],
    [expect.objectContaining({ Resource: 'arn:aws:s3:::other/*', Condition: { StringEquals: { 'aws:PrincipalTag/team': { 'Fn::If': ['Second', 'a', 'b'] } } } })],
    [expect.objectContaining({ Resource: statement(0).resources[0] })],
  ]);
});

test('a statement that is larger than a policy stands alone: IAM says what is wrong with it', () => {
  const large = new PolicyStatement({ actions: ['s3:GetObject'], resources: statements(140).flatMap(({ resources }) => resources) });
  expect(packed(stack, [statement(1000), large, statement(1001)]).map((group) => group.length)).toEqual([1, 1, 1]);
});

test('a statement is looked at once, however many follow in its policy', () => {
  let looks = 0;
  const lazy = Lazy.uncachedString({
    produce: () => {
      looks++;
      return '*';
    },
  });
  const role = policies();
  role.add(new PolicyStatement({ actions: ['s3:GetObject'], resources: [lazy] }));
  for (const following of statements(40)) role.add(following);
  expect(looks).toBe(1);
});

describe('a statement weighs what it has in a policy', () => {
  const weighed: [string, () => PolicyStatement][] = [
    ['of texts', () => statement(1)],
    ['with quotation marks', () => new PolicyStatement({ sid: 'Quoted', actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/a"b': 'c"d\\e' } } })],
    ['with what CloudFormation knows', () => new PolicyStatement({ actions: ['s3:*'], resources: [`arn:${Aws.PARTITION}:s3:::${Aws.ACCOUNT_ID}-${Aws.REGION}/*`] })],
    ['with an ARN of the stack', () => new PolicyStatement({ actions: ['s3:*'], resources: [new Bucket(stack, 'Bucket').arnForObjects('*')] })],
    ['with a list that CloudFormation knows', () => new PolicyStatement({
      actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:ResourceAccount': Fn.split(',', Fn.ref('Accounts')) } },
    })],
    ['of nothing but an intrinsic', () => new PolicyStatement({ actions: ['s3:*'], resources: [Fn.join('', [Fn.getAtt('Bucket', 'Arn').toString(), '/*'])] })],
  ];

  test.each(weighed)('%s', (_, make) => {
    const one = make();
    expect(statementSize(stack, one)).toBe(policySize(stack, [one]) - EMPTY_POLICY_SIZE);
  });
});
