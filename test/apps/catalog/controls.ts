import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CorrectiveAction, CorrectiveControls, DataScienceEnvironment, ExecutionGuardrails, SpendingControls, SpendingLimit } from '../../../src';

/** What breaks a rule is corrected, in an account with a network, keys and buckets of its own. */
export function corrects(stack: Stack): void {
  const { account, region } = stack;
  const key = Key.fromKeyArn(stack, 'VolumeKey', `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`);
  const { statements: guardrails } = new ExecutionGuardrails(stack, 'Guardrails', {
    roles: [], subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-11111111')], securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-11111111')], volumeKey: key, outputKeys: [key],
  });
  new CorrectiveControls(stack, 'Controls', {
    topic: Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${region}:${account}:security`),
    guardrailStatements: guardrails,
    buckets: [Bucket.fromBucketName(stack, 'Landing', 'company-landing')],
    vpcs: [Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-11111111', availabilityZones: [`${region}a`] })],
    enforcedActions: Object.values(CorrectiveAction),
    allowList: ['arn:aws:sagemaker:*:*:notebook-instance/course-*'],
    maximumActionsPerHour: 20,
  });
}

/** An environment with limits of all kinds, at which all that can be stopped is. */
export function limits(stack: Stack): void {
  new SpendingControls(stack, 'Spending', {
    environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' }),
    topic: new Topic(stack, 'Finance', { masterKey: new Key(stack, 'Key', { enableKeyRotation: true }) }),
    limit: SpendingLimit.usdPerMonth(5000).combine(SpendingLimit.usdPerDay(500)),
    personLimit: SpendingLimit.usdPerDay(50),
    personLimits: { alice: SpendingLimit.usdPerDay(200) },
    projectLimit: SpendingLimit.usdPerMonth(1000),
    stopJobs: true,
    stopApplications: true,
  });
}
