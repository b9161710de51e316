import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { findings, findingsInAll } from './findings';

test('a bucket as CDK makes it by default breaks rules of every pack that knows buckets', () => {
  const app = new App();
  new Bucket(new Stack(app, 'Stack'), 'Bucket');
  const packs = new Set(findings(app).map(({ id }) => id.split('-')[0]));
  expect([...packs].sort()).toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']);
});

test('a finding that is acknowledged at its construct is none, but found when everything is asked for', () => {
  const app = new App();
  const bucket = new Bucket(new Stack(app, 'Stack'), 'Bucket');
  const before = findings(app).map(({ id }) => id);
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'test' });
  expect(findings(app).map(({ id }) => id)).toEqual(before.filter((id) => id !== 'AwsSolutions-S1'));
  expect(findingsInAll(app).map(({ id }) => id)).toEqual(before);
});
