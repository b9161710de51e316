import { Template } from 'aws-cdk-lib/assertions';
import { HERE, PerimeterApp } from './perimeter-app';
import { Weighing } from './weighing';
import { BucketKind } from '../../src/perimeter';
import { ACCOUNTS } from '../access/request/organization';

const READER = `arn:aws:iam::${ACCOUNTS.data.id}:role/Admin`;
const asking = (app: PerimeterApp) => (trust: BucketKind, action: string) => new Weighing(app).onBucket(trust, 'admin', action, 'internet');

test.each([BucketKind.DATA, BucketKind.MODELS, BucketKind.RELEASES, BucketKind.REPORTS])('a named reader sees settings of the %s bucket from outside, and neither objects nor keys', async (trust) => {
  const ask = asking(new PerimeterApp({ configurationReaders: [READER] }));
  expect(await ask(trust, 's3:GetBucketPolicy')).toBe('allow');
  expect(await ask(trust, 's3:GetEncryptionConfiguration')).toBe('allow');
  for (const action of ['s3:GetObject', 's3:ListBucket', 's3:PutBucketPolicy', 's3:PutObject']) expect([action, await ask(trust, action)]).toEqual([action, 'deny']);
});

test('nobody is such a reader by default', async () => {
  expect(await asking(new PerimeterApp())(BucketKind.DATA, 's3:GetBucketPolicy')).toBe('deny');
});

test('a reader is named exactly', () => {
  expect(() => new PerimeterApp({ configurationReaders: [`arn:aws:iam::${HERE.account}:role/audit-*`] }))
    .toThrow(`[Perimeter/Boundary] configurationReaders must be exact ARNs of roles, without wildcards, got ["arn:aws:iam::${HERE.account}:role/audit-*"]`);
});

test('the S3 endpoint leads to buckets of their owners only', () => {
  const endpoints = Template.fromStack(new PerimeterApp().stack).findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } });
  const [{ Properties }] = Object.values(endpoints);
  const { Statement } = Properties.PolicyDocument as { Statement: { Sid: string; Condition: object }[] };
  expect(Statement.find(({ Sid }) => Sid?.startsWith('EnvironmentBuckets'))!.Condition).toEqual({
    StringEquals: { 'aws:PrincipalAccount': HERE.account, 'aws:ResourceAccount': [HERE.account] },
  });
});
