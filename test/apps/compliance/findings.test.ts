import { App, Stack, Validations } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { findings, ruleOf } from './findings';

test('a bucket as CDK makes it by default breaks rules of every pack', () => {
  const app = new App();
  new Bucket(new Stack(app, 'Stack'), 'Bucket');
  const packs = new Set(findings(app).map(({ id }) => id.split('-')[0]));
  expect([...packs].sort()).toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']);
});

test('a finding that is acknowledged at its construct is none', () => {
  const app = new App();
  const bucket = new Bucket(new Stack(app, 'Stack'), 'Bucket');
  const before = findings(app).map(({ id }) => id);
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'test' });
  expect(findings(app).map(({ id }) => id)).toEqual(before.filter((id) => id !== 'AwsSolutions-S1'));
});

test('every action on every resource is a finding of its own', () => {
  const app = new App();
  new ManagedPolicy(new Stack(app, 'Stack'), 'Policy', {
    statements: [
      new PolicyStatement({ actions: ['ec2:DescribeVpcs', 'ecr:GetAuthorizationToken'], resources: ['*'] }),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/key'] }),
      new PolicyStatement({ effect: Effect.DENY, actions: ['s3:PutObject'], resources: ['*'] }),
    ],
  });
  expect(findings(app).map(ruleOf)).toEqual(['IAM5[Resource::*](ec2:DescribeVpcs)', 'IAM5[Resource::*](ecr:GetAuthorizationToken)']);
});

test.each([
  [undefined, undefined],
  ['111111111111', 'us-gov-west-1'],
])('the name of a rule does not depend on account %s and region %s', (account, region) => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account, region } });
  const resources = [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: 'a/*' }), stack.formatArn({ service: 'ssm', account: '', resource: 'parameter', resourceName: 'b/*' })];
  new ManagedPolicy(stack, 'Policy', { statements: [new PolicyStatement({ actions: ['ssm:GetParameter'], resources })] });
  expect(findings(app).map(ruleOf)).toEqual(['IAM5[Resource::arn:PARTITION:ssm:REGION:ACCOUNT:parameter/a/*]', 'IAM5[Resource::arn:PARTITION:ssm:REGION::parameter/b/*]']);
});
