import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { writePoliciesShort } from '../../src/private/written-policies';

const BUCKET = /^Bucket[0-9A-F]{8}$/;

/** A bucket, and a policy that says who may do what with it. */
function policyIn(env?: { account: string; region: string }) {
  const stack = new Stack(new App(), 'Stack', { env });
  const bucket = new Bucket(stack, 'Bucket');
  const policy = new ManagedPolicy(stack, 'Policy', {
    statements: [new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*'), `arn:${stack.partition}:s3:::layers/*`],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${stack.region}.${stack.urlSuffix}`, 'aws:PrincipalTag/user': '${aws:username}' } },
    })],
  });
  const bucketId = stack.getLogicalId(bucket.node.defaultChild as never);
  const written = () => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))[0].Properties.PolicyDocument as { Statement: unknown[] };
  return { stack, bucket, bucketId, policy, written };
}

test('a policy has ARNs as one text, and partition and domain name as they are where its region is known', () => {
  const { stack, bucketId, written } = policyIn({ account: '111111111111', region: 'cn-north-1' });
  expect(bucketId).toMatch(BUCKET);
  writePoliciesShort(stack);
  expect(written().Statement).toEqual([{
    Action: 's3:GetObject',
    Condition: { StringEquals: { 'kms:ViaService': 's3.cn-north-1.amazonaws.com.cn', 'aws:PrincipalTag/user': '${aws:username}' } },
    Effect: 'Allow',
    Resource: [{ 'Fn::Sub': `\${${bucketId}.Arn}/*` }, 'arn:aws-cn:s3:::layers/*'],
  }]);
});

test('where it is not known, references stay', () => {
  const { stack, bucketId, written } = policyIn();
  writePoliciesShort(stack);
  expect(written().Statement).toEqual([{
    Action: 's3:GetObject',
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 's3.${AWS::Region}.${AWS::URLSuffix}' }, 'aws:PrincipalTag/user': '${aws:username}' } },
    Effect: 'Allow',
    Resource: [{ 'Fn::Sub': `\${${bucketId}.Arn}/*` }, { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::layers/*' }],
  }]);
});

test('what is added to a policy afterwards is in it', () => {
  const { stack, policy, written } = policyIn();
  writePoliciesShort(stack);
  stack.resolve((policy.node.defaultChild as unknown as { policyDocument: unknown }).policyDocument);
  policy.addStatements(new PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  expect(written().Statement).toHaveLength(2);
});

test('what a policy refers to in another stack is exported there, as ever', () => {
  const { stack, bucket } = policyIn();
  const other = new Stack(stack.node.scope, 'Other');
  new ManagedPolicy(other, 'Policy', { statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] })] });
  writePoliciesShort(other);
  const [{ Properties }] = Object.values(Template.fromStack(other).findResources('AWS::IAM::ManagedPolicy'));
  expect(JSON.stringify(Properties)).toContain('{"Fn::Join":["",[{"Fn::ImportValue":"Stack:ExportsOutputFnGetAttBucket');
});

test('holds for policies of every kind of resource', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const statement = (principal: boolean) => new PolicyStatement({
    actions: ['sts:AssumeRole'], ...principal && { principals: [new AccountRootPrincipal()] }, resources: [`arn:${stack.partition}:s3:::some`],
  });
  new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }).assumeRolePolicy!.addStatements(statement(true));
  new Key(stack, 'Key', { policy: new PolicyDocument({ statements: [statement(true)] }) });
  new Bucket(stack, 'Bucket').addToResourcePolicy(statement(true));
  new Queue(stack, 'Queue').addToResourcePolicy(statement(true));
  new ManagedPolicy(stack, 'Policy', { statements: [statement(false)] });
  writePoliciesShort(stack);
  expect(JSON.stringify(Template.fromStack(stack).toJSON().Resources)).not.toContain('AWS::Partition');
});
