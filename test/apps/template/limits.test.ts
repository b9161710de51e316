import { excesses } from './limits';
import { Resource, Template, Value } from './template';

const template = (...resources: Resource[]): Template => ({ Resources: Object.fromEntries(resources.map((resource, index) => [`R${index}`, resource])) });
const excess = (...resources: Resource[]) => excesses(template(...resources), '{}').map(({ what, size, limit }) => `${what}: ${size} > ${limit}`);
const resource = (Type: string, Properties: Record<string, Value> = {}): Resource => ({ Type, Properties });
const statement = (on: Value): Value => ({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: on }] });

test('a template body of more than a megabyte is too large', () => {
  expect(excesses(template(), 'x'.repeat(1_000_001))).toEqual([{ what: 'template body in bytes', size: 1_000_001, limit: 1_000_000 }]);
});

test('more than 500 resources are too many', () => {
  expect(excess(...Array.from({ length: 501 }, () => resource('Some::Type')))).toEqual(['resources: 501 > 500']);
});

test('a policy is measured without white space, intrinsics at their longest', () => {
  const bucket = resource('AWS::S3::Bucket');
  const arn = { 'Fn::GetAtt': ['R0', 'Arn'] };
  const policy = (count: number) => resource('AWS::IAM::ManagedPolicy', { PolicyDocument: statement(Array.from({ length: count }, () => arn)) });
  // 71 characters around the list, 86 for each ARN with its quotes and comma
  expect(excess(bucket, policy(70))).toEqual([]);
  expect(excess(bucket, policy(71))).toEqual(['R1.PolicyDocument: 6177 > 6144']);
});

test('what is imported is measured as what the other template exports, and at its longest where nobody exports it', () => {
  const name = 'Other:Bucket';
  const policy = resource('AWS::IAM::ManagedPolicy', { PolicyDocument: statement(Array.from({ length: 70 }, () => ({ 'Fn::ImportValue': name }))) });
  const exporting = { ...template(resource('AWS::S3::Bucket')), Outputs: { Bucket: { Value: { 'Fn::GetAtt': ['R0', 'Arn'] }, Export: { Name: name } } } };
  expect(excesses(template(policy), '{}', [exporting])).toEqual([]);
  expect(excesses(template(policy), '{}')).toHaveLength(1);
});

test('a name is measured with its intrinsics at their longest', () => {
  const role = (rest: string) => resource('AWS::IAM::Role', { RoleName: { 'Fn::Join': ['', [rest, { Ref: 'AWS::Region' }]] } });
  expect(excess(role('r'.repeat(50)))).toEqual([]);
  expect(excess(role('r'.repeat(51)))).toEqual(['R0.RoleName: 65 > 64']);
});

test('a role with more than ten managed policies has too many, however they are attached', () => {
  const policies = Array.from({ length: 10 }, () => resource('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'R0' }] }));
  expect(excess(resource('AWS::IAM::Role'), ...policies)).toEqual([]);
  expect(excess(resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn'] }), ...policies)).toEqual(['managed policies of R0: 11 > 10']);
});
