import { sentContext } from './sent-context';

const INTERFACE = 'arn:aws:ec2:us-east-1:111111111111:network-interface/eni-0a';
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/0a1b';

test('a key of the action is sent', async () => {
  expect(await sentContext('kms:Decrypt', KEY, { 'kms:ViaService': 's3.us-east-1.amazonaws.com' })).toEqual({ 'kms:ViaService': 's3.us-east-1.amazonaws.com' });
});

test('a key that every request has is sent', async () => {
  expect(await sentContext('kms:Decrypt', KEY, { 'aws:PrincipalAccount': '111111111111' })).toEqual({ 'aws:PrincipalAccount': '111111111111' });
});

test('a key of another action on the same kind of resource is not', async () => {
  const context = { 'ec2:AuthorizedService': 'sagemaker.amazonaws.com' };

  expect(await sentContext('ec2:CreateNetworkInterfacePermission', INTERFACE, context)).toEqual(context);
  expect(await sentContext('ec2:DeleteNetworkInterfacePermission', INTERFACE, context)).toEqual({});
});

test('tags of a request are sent with what can be tagged', async () => {
  expect(await sentContext('sagemaker:UpdateDomain', 'arn:aws:sagemaker:us-east-1:111111111111:domain/d-1', { 'aws:RequestTag/team': 'churn' })).toEqual({});
});

test('claims of an identity provider come with its tokens', async () => {
  const context = { 'login.example.com:sub': 'alice' };

  expect(await sentContext('sts:AssumeRoleWithWebIdentity', 'arn:aws:iam::111111111111:role/r', context)).toEqual(context);
  expect(await sentContext('s3:GetObject', 'arn:aws:s3:::b/o', context)).toEqual({});
});
