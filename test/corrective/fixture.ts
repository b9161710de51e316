import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CorrectiveControls, CorrectiveControlsProps, ExecutionGuardrails } from '../../src';

export const ACCOUNT = '111111111111', REGION = 'eu-west-1';

/** A stack of an account, with what controls look at. */
export class Things {
  readonly stack = new Stack(new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }), 'Security', { env: { account: ACCOUNT, region: REGION } });
  readonly topic: ITopic = Topic.fromTopicArn(this.stack, 'Topic', `arn:aws:sns:${REGION}:${ACCOUNT}:security`);
  readonly bucket: IBucket = Bucket.fromBucketName(this.stack, 'Data', 'churn-data');
  readonly vpc = Vpc.fromVpcAttributes(this.stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });

  get guardrails(): PolicyStatement[] {
    const key = Key.fromKeyArn(this.stack, 'VolumeKey', `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`);
    return new ExecutionGuardrails(this.stack, 'Guardrails', {
      roles: [], subnets: [Subnet.fromSubnetId(this.stack, 'Subnet', 'subnet-1')], securityGroups: [SecurityGroup.fromSecurityGroupId(this.stack, 'Group', 'sg-1')], volumeKey: key, outputKeys: [key],
    }).statements;
  }

  get everything(): CorrectiveControlsProps {
    return { topic: this.topic, guardrailStatements: this.guardrails, buckets: [this.bucket], vpcs: [this.vpc] };
  }

  controls(props: Partial<CorrectiveControlsProps> = {}): CorrectiveControls {
    return new CorrectiveControls(this.stack, 'Controls', { topic: this.topic, ...props });
  }
}
