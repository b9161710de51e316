import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CorrectiveControls, CorrectiveControlsProps, DataScienceEnvironment, EnvironmentAttributes, ExecutionGuardrails, IDataScienceEnvironment } from '../../src';
import { Settings } from '../../src/handlers/corrective/settings';

/** What the function of a stack is told, where references are written by their names. */
export function settingsOf(stack: Stack): Settings {
  const [{ Properties: { Code: { ZipFile } } }] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as { Properties: { Code: { ZipFile: { 'Fn::Join': [string, unknown[]] } } } }[];
  const text = ZipFile['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : Object.values(part as object).flat().join('.'))).join('');
  return JSON.parse(/^globalThis\.CORRECTIVE_SETTINGS=(.*);\n/.exec(text)![1]) as Settings;
}

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

  readonly environment = (environmentName: string, more: Partial<EnvironmentAttributes> = {}): IDataScienceEnvironment => (
    DataScienceEnvironment.fromEnvironmentAttributes(this.stack, environmentName, { environmentName, account: ACCOUNT, region: REGION, ...more })
  );

  controls(props: Partial<CorrectiveControlsProps> = {}): CorrectiveControls {
    return new CorrectiveControls(this.stack, 'Controls', { topic: this.topic, ...props });
  }
}
