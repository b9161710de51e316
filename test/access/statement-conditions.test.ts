import { PolicyStatement } from './policy-document';
import { wrongConditions } from './statement-conditions';

function wrong(statement: Partial<PolicyStatement>): Promise<string[]> {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement } as PolicyStatement] };
  return wrongConditions([{ name: 'p', kind: 'identity', document }]);
}

test('an action that does not exist is found', async () => {
  expect(await wrong({ Action: 'sagemaker:CreateEverything' })).toEqual(['p #0: there is no action sagemaker:CreateEverything']);
});

test('a key that one of the actions does not send is found', async () => {
  expect(await wrong({ Effect: 'Deny', Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateTransformJob'], Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } }))
    .toEqual(['p #0: sagemaker:CreateTransformJob does not send sagemaker:VpcSubnets']);
});

test('a wildcard stands for every action that it matches', async () => {
  expect((await wrong({ Effect: 'Deny', Action: 'sagemaker:Create*Job', Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } })).length).toBeGreaterThan(2);
});

test('a deny by pattern that asks for a key may hold actions that do not send it, a list of actions may not', async () => {
  const Condition = { Null: { 'sagemaker:VpcSubnets': 'false' } };
  expect(await wrong({ Effect: 'Deny', Action: 'sagemaker:Create*Job', Condition })).toEqual([]);
  expect(await wrong({ Effect: 'Deny', Action: 'sagemaker:CreateTransformJob', Condition })).toEqual(['p #0: sagemaker:CreateTransformJob does not send sagemaker:VpcSubnets']);
  expect((await wrong({ Action: 'sagemaker:Create*Job', Condition })).length).toBeGreaterThan(2);
});

test('keys of the resource type count', async () => {
  expect(await wrong({ Action: 'sagemaker:DeleteApp', Condition: { StringEquals: { 'aws:ResourceTag/team': 'churn' } } })).toEqual([]);
});

test('what a resource type sends with another action does not count', async () => {
  const Condition = { StringEquals: { 'ec2:AuthorizedService': 'sagemaker.amazonaws.com' } };
  expect(await wrong({ Action: 'ec2:CreateNetworkInterfacePermission', Condition })).toEqual([]);
  expect(await wrong({ Action: 'ec2:DeleteNetworkInterfacePermission', Condition })).toEqual(['p #0: ec2:DeleteNetworkInterfacePermission does not send ec2:AuthorizedService']);
});

test('keys with a variable are compared up to it', async () => {
  expect(await wrong({ Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:EncryptionContext:aws:logs:arn': 'x' } } })).toEqual([]);
  expect(await wrong({ Action: 'sagemaker:UpdateDomain', Condition: { StringEquals: { 'aws:RequestTag/team': 'churn' } } }))
    .toEqual(['p #0: sagemaker:UpdateDomain does not send aws:RequestTag/team']);
});

test('the owner of an endpoint is known to some services only', async () => {
  expect(await wrong({ Action: 's3:GetObject', Condition: { StringEquals: { 'aws:VpceAccount': '111111111111' } } })).toEqual([]);
  expect(await wrong({ Action: 'sagemaker:CreateApp', Condition: { StringEquals: { 'aws:VpceAccount': '111111111111' } } }))
    .toEqual(['p #0: sagemaker:CreateApp does not send aws:VpceAccount']);
});

test('a key with many values needs a set operator, and one with one value needs none', async () => {
  expect(await wrong({ Effect: 'Deny', Action: 'sagemaker:CreateModel', Condition: { StringNotEquals: { 'sagemaker:VpcSubnets': 's' } } }))
    .toEqual(['p #0: sagemaker:VpcSubnets has many values, and StringNotEquals compares one']);
  expect(await wrong({ Effect: 'Deny', Action: 's3:GetObject', Condition: { 'ForAnyValue:StringNotEquals': { 'aws:SourceVpc': 'v' } } }))
    .toEqual(['p #0: aws:SourceVpc has one value, and ForAnyValue:StringNotEquals compares many']);
});

test('an allow with ForAllValues needs the key to be there', async () => {
  const condition = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['StudioUser'] } };

  expect(await wrong({ Action: 'sagemaker:CreateModel', Condition: condition }))
    .toEqual(['p #0: ForAllValues:StringEquals aws:TagKeys allows requests without the key: it needs Null aws:TagKeys false']);
  expect(await wrong({ Action: 'sagemaker:CreateModel', Condition: { ...condition, Null: { 'aws:TagKeys': 'false' } } })).toEqual([]);
});

test('a tag that is asked for is a tag key that is there', async () => {
  const condition = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['StudioUser'] }, 'Null': { 'aws:RequestTag/StudioUser': 'false' } };

  expect(await wrong({ Action: 'sagemaker:CreateModel', Condition: condition })).toEqual([]);
});

test('tags of principals are policy variables', async () => {
  expect(await wrong({ Action: 'sagemaker:CreateApp', Resource: 'arn:aws:sagemaker:*:*:app/d-1/${aws:PrincipalTag/StudioUser}/*' })).toEqual([]);
});

test('a policy variable that does not exist is found', async () => {
  expect(await wrong({ Action: 'sagemaker:CreateApp', Resource: 'arn:aws:sagemaker:*:*:app/${sagemaker:DomainId}/${sagemaker:ProfileName}/*' }))
    .toEqual(['p #0: there is no policy variable sagemaker:ProfileName']);
});
