import { App, Aspects, CfnParameter, CfnResource, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnManagedPolicy, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { Construct } from 'constructs';
import { acknowledge, Acknowledgement, everywhere, rules, wildcard, wildcardActions } from '../../src/private/acknowledgements';

/** A construct of this library with a bucket and a policy. */
class Part extends Construct {
  public readonly bucket = new Bucket(this, 'Bucket');
  public readonly policy: ManagedPolicy;

  constructor(stack: Stack, acknowledgements: Acknowledgement[], ...statements: PolicyStatement[]) {
    super(stack, 'Part');
    acknowledge(this, acknowledgements);
    this.policy = new ManagedPolicy(this, 'Policy', { statements: [new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:::x'] }), ...statements] });
  }

  public get cfnBucket(): CfnBucket {
    return this.bucket.node.defaultChild as CfnBucket;
  }
}

const POLICY = /^\/Policy\/Resource$/;
const statement = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });

/** What AWS Solutions say of the policy and the bucket. */
function found(app: App): string[] {
  app.synth();
  return new AwsSolutionsChecks().validateScope(app).violations.map(({ ruleName }) => ruleName).sort();
}

/** What cdk-nag 2 reads of a resource, as an aspect. */
function suppressions(app: App, resource: CfnResource): unknown[] {
  let read: unknown[] = [];
  Aspects.of(app).add({ visit: (node) => { if (node === resource) read = (resource.getMetadata('cdk_nag') as { rules_to_suppress?: unknown[] } | undefined)?.rules_to_suppress ?? []; } });
  app.synth();
  return read;
}

function stackOf(app: App, name = 'Stack'): Stack {
  return new Stack(app, name, { env: { account: '111111111111', region: 'eu-west-1' } });
}

test('a rule that is acknowledged at a resource is found no more, in whichever pack it is', () => {
  const app = new App();
  new Part(stackOf(app), [rules(['S1', 'S3BucketLoggingEnabled'], /^\/Bucket\/Resource$/, 'It holds nothing.')]);
  expect(found(app)).toEqual(['AwsSolutions-S10']);
  expect(new NIST80053R5Checks().validateScope(app).violations.map(({ ruleName }) => ruleName)).not.toContain('NIST.800.53.R5-S3BucketLoggingEnabled');
});

test('a resource elsewhere is found as before', () => {
  const app = new App();
  const stack = stackOf(app);
  new Part(stack, [rules(['S1', 'S10'], /^\/Bucket\/Resource$/, 'It holds nothing.')]);
  new Bucket(stack, 'Other');
  expect(found(app)).toEqual(['AwsSolutions-S1', 'AwsSolutions-S10']);
});

test('a wildcard is acknowledged by its text, without partition, region and account', () => {
  const app = new App();
  const stack = stackOf(app);
  const arn = (name: string) => stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name });
  new Part(stack, [wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/ours\/\*/, POLICY, 'Ours.')], statement(['ssm:GetParameter'], [arn('ours/*'), arn('theirs/*')]));
  expect(found(app)).toEqual(['AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:eu-west-1:111111111111:parameter/theirs/*]', 'AwsSolutions-S1', 'AwsSolutions-S10']);
});

test('actions with a wildcard have acknowledgements of their own', () => {
  const app = new App();
  new Part(stackOf(app), [wildcardActions(/s3:Get\*/, POLICY, 'Reading.')], statement(['s3:Get*', 's3:Put*'], ['arn:aws:s3:::bucket']));
  expect(found(app)).toEqual(['AwsSolutions-IAM5[Action::s3:Put*]', 'AwsSolutions-S1', 'AwsSolutions-S10']);
});

test.each([
  ['all of them have reasons', ['ec2:DescribeVpcs', 'ecr:GetAuthorizationToken'], []],
  ['one has none', ['ec2:DescribeVpcs', 's3:GetObject'], ['AwsSolutions-IAM5[Resource::*]']],
])('actions on every resource are acknowledged together: %s', (_, actions, expected) => {
  const app = new App();
  const acknowledgements = [everywhere(/ec2:Describe\w+/, POLICY, 'To look.'), everywhere(/ecr:GetAuthorizationToken/, POLICY, 'A token.')];
  new Part(stackOf(app), acknowledgements, ...actions.map((action) => statement([action], ['*'])));
  expect(found(app).filter((id) => id.includes('IAM5'))).toEqual(expected);
});

test('a reference to another stack is acknowledged as it is at the end', () => {
  const app = new App();
  const other = new Bucket(stackOf(app, 'Other'), 'Data');
  new Part(stackOf(app), [wildcard(/Other:ExportsOutput\w+\/\*/, POLICY, 'Theirs.')], statement(['s3:GetObject'], [other.arnForObjects('*')]));
  expect(found(app).filter((id) => id.includes('IAM5'))).toEqual([]);
});

test('a policy with a reference that is no text can be read', () => {
  const app = new App();
  const stack = stackOf(app);
  const name = Fn.join('_', Fn.split('-', new CfnParameter(stack, 'Name').valueAsString));
  new Part(stack, [wildcard(/[^*]*table\/[^*]*__data\/\*/, POLICY, 'Tables.')], statement(['glue:GetTable'], [`arn:aws:glue:::table/${name}__data/*`]));
  expect(() => app.synth()).not.toThrow();
});

test('nothing of it is in the template', () => {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app);
  new Part(stack, [rules(['S1'], /^\/Bucket\/Resource$/, 'It holds nothing.')]);
  for (const { Metadata } of Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'))) expect(Metadata ?? {}).not.toHaveProperty('cdk_nag');
});

test('what cdk-nag 2 reads is the same, in its own words', () => {
  const app = new App();
  const part = new Part(stackOf(app), [everywhere(/ec2:Describe\w+/, POLICY, 'To look around.'), rules(['S1'], /^\/Bucket\/Resource$/, 'It holds nothing.')],
    statement(['ec2:DescribeVpcs'], ['*']));
  expect(suppressions(app, part.cfnBucket)).toEqual([{ id: 'AwsSolutions-S1', reason: 'It holds nothing.' }]);
  const again = new App();
  const policy = new Part(stackOf(again), [everywhere(/ec2:Describe\w+/, POLICY, 'To look around.')], statement(['ec2:DescribeVpcs'], ['*'])).policy;
  expect(suppressions(again, policy.node.defaultChild as CfnManagedPolicy)).toEqual([{ id: 'AwsSolutions-IAM5', reason: 'To look around.', applies_to: ['Resource::*'] }]);
});

test('what somebody else has suppressed stays, in the template as well', () => {
  const app = new App();
  const stack = stackOf(app);
  const part = new Part(stack, [rules(['S1'], /^\/Bucket\/Resource$/, 'It holds nothing.')]);
  const theirs = { id: 'AwsSolutions-S10', reason: 'Theirs, and long enough.' };
  part.cfnBucket.addMetadata('cdk_nag', { rules_to_suppress: [theirs] });
  expect(suppressions(app, part.cfnBucket)).toEqual([theirs, { id: 'AwsSolutions-S1', reason: 'It holds nothing.' }]);
  Template.fromStack(stack).hasResource('AWS::S3::Bucket', { Metadata: { cdk_nag: { rules_to_suppress: [theirs] } } });
});

test('the reasons are among the rules that the CDK knows as acknowledged', () => {
  const app = new App();
  const part = new Part(stackOf(app), [rules(['S1'], /^\/Bucket\/Resource$/, 'It holds nothing.')]);
  app.synth();
  const data = part.cfnBucket.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map((entry) => entry.data as unknown);
  expect(data).toEqual([{ 'AwsSolutions-S1': 'It holds nothing.' }]);
});

test('where no pack asks for them they are not worked out, and the assembly holds nothing of them', () => {
  const app = new App();
  const stack = stackOf(app), part = new Part(stack, [everywhere(/s3:ListAllMyBuckets/, POLICY, 'To look.')], statement(['s3:ListAllMyBuckets'], ['*']));
  const policy = part.policy.node.defaultChild as CfnManagedPolicy;
  const looks = jest.spyOn(policy.policyDocument as PolicyDocument, 'toJSON');
  const { metadata } = app.synth().getStackArtifact(stack.artifactId);
  expect(metadata['/Stack/Part/Policy/Resource']).toContainEqual({ type: Validations.ACKNOWLEDGED_RULES_METADATA_KEY });
  expect(looks).not.toHaveBeenCalled();
  new AwsSolutionsChecks().validateScope(app);
  expect(looks).toHaveBeenCalledTimes(1);
});
