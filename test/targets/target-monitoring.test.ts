import { Aws, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { STAGING, knownByName, target } from './fixture';
import { DeploymentStage, DeploymentTargetStackSet, StageRetirement } from '../../src';
import { testApp } from '../test-app';

const monitored = DeploymentStage.accounts('staging', { accounts: [STAGING.account!], monitoring: { instanceType: 'ml.m5.xlarge' } });
const role = (name: string) => `churn--staging--${name}-eu-west-1`;

describe('a target of a stage that is not monitored', () => {
  const template = Template.fromStack(target().stack);

  test('has no role that reads what is captured', () => {
    for (const name of ['monitoring', 'schedule', 'alarms']) template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: role(name) }, 0);
    template.resourceCountIs('AWS::Scheduler::ScheduleGroup', 0);
    template.resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('opens the key of what is captured to the model role only', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'Capture', Condition: Match.objectLike({ ArnEquals: { 'aws:PrincipalArn': Match.anyValue() } }) })]) },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('--monitoring-');
  });
});

describe('a target of a stage that is monitored', () => {
  const { stack } = target({ stage: monitored, groundTruthWriters: ['application/backend'] });
  const template = Template.fromStack(stack);
  const statementsOf = (name: string) => Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => id.startsWith(`Churn${name}`)).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Record<string, unknown>[]);

  test('has a group for schedules, and roles whose names everybody knows', () => {
    template.hasResourceProperties('AWS::Scheduler::ScheduleGroup', { Name: 'churn--staging' });
    for (const name of ['monitoring', 'schedule', 'alarms']) template.hasResourceProperties('AWS::IAM::Role', { RoleName: role(name) });
  });

  test('starts monitors for schedules of its group only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: role('schedule'),
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '222222222222' },
            ArnEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:eu-west-1:222222222222:schedule-group/churn--staging']] } },
          },
        }],
      },
    });
  });

  test('lets monitors write reports, and neither captures nor ground truth', () => {
    const writing = statementsOf('MonitoringPolicy').filter(({ Action }) => JSON.stringify(Action).includes('s3:Put'));
    expect(writing).toEqual([{
      Effect: 'Allow', Action: 's3:PutObject', Condition: { StringEquals: { 'aws:ResourceAccount': '222222222222' } }, Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringContaining('Capture'), 'Arn'] }, '/monitoring/*']] },
    }]);
  });

  test('measures in a namespace of its own', () => {
    expect(statementsOf('MonitoringPolicy')).toContainEqual({
      Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*', Condition: { StringEquals: { 'cloudwatch:namespace': 'secure-mlops/churn/staging/monitoring' } },
    });
  });

  test('holds jobs to the guardrails of endpoints, and to the instance type of the stage', () => {
    const types = statementsOf('GuardrailsPolicy').filter(({ Condition }) => JSON.stringify(Condition).includes('ForAnyValue:StringNotLike') && JSON.stringify(Condition).includes('"system"'));
    expect(types).toEqual([expect.objectContaining({
      Effect: 'Deny', Action: expect.arrayContaining(['sagemaker:CreateProcessingJob']), Condition: { 'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': ['ml.m5.large', 'ml.m5.xlarge', 'system'] } },
    })]);
  });

  test('reports alarms on one bus and does nothing else there', () => {
    expect(statementsOf('MonitoringAlarmsPolicy')).toEqual([{
      Effect: 'Allow', Action: 'events:PutEvents', Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:111111111111:event-bus/churn--monitoring']] },
    }]);
  });

  describe('keeps what its rules could not report', () => {
    test('for 14 days, encrypted, in a queue with the name that monitors know', () => {
      template.hasResource('AWS::SQS::Queue', {
        Properties: { QueueName: 'churn--staging--undelivered-reports', MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true }, DeletionPolicy: 'Delete',
      });
    });

    test('and nothing from anybody else', () => {
      const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
      const Resource = { 'Fn::GetAtt': [queue, 'Arn'] };
      expect(Object.values(template.findResources('AWS::SQS::QueuePolicy')).map(({ Properties }) => Properties.PolicyDocument.Statement as unknown)).toEqual([[
        { Sid: 'KeepUndelivered', Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' }, Resource, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:222222222222:rule/churn--staging--*']] } } } },
        { Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ].sort((one) => (one.Effect === 'Deny' ? -1 : 1))]);
    });

    test('and raises an alarm, as long as it is there', () => {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmDescription: 'Alarms of monitors in the stage staging did not reach the environment churn',
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      });
    });
  });

  test('lets its ground-truth writers write under ground-truth/ and see nothing', () => {
    const writer = [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:role/application/backend']] }];
    const bucket = Match.objectLike({ 'Fn::Join': ['', [Match.anyValue(), '/ground-truth/*']] });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'DenyRestToGroundTruthWriters', Effect: 'Deny', Action: 's3:*', NotResource: bucket, Condition: { ArnEquals: { 'aws:PrincipalArn': writer } } }),
          Match.objectLike({
            Sid: 'DenyAllButWritingToGroundTruthWriters',
            Effect: 'Deny',
            NotAction: ['s3:PutObject', 's3:AbortMultipartUpload'],
            Resource: bucket,
            Condition: { ArnEquals: { 'aws:PrincipalArn': writer } },
          }),
        ]),
      },
    });
  });

  test('says in its registry which roles monitors work with', () => {
    for (const what of ['monitoring-role-arn', 'schedule-role-arn', 'alarms-role-arn']) template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/secure-mlops/churn/staging/identity/${what}` });
  });

  test('still fits inline into a stack set, with the longest names in four zones', () => {
    const app = testApp({ analyticsReporting: false });
    const platform = new Stack(app, 'Platform', { env: { account: '333333333333', region: 'ap-southeast-1' } });
    const environment = knownByName(app, { environmentName: 'a2345678901234567890', region: 'ap-southeast-1', rolePath: '/data-science/' });
    const stage = DeploymentStage.organizationalUnits('production12', {
      organizationId: 'o-exampleorg',
      organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
      monitoring: {},
      retirement: StageRetirement.RETAIN,
    });
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(platform, 'Boundary', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/boundary`);
    const { template: carried } = new DeploymentTargetStackSet(platform, 'Production', { environment, stage, zoneCount: 4, permissionsBoundary });
    expect(Buffer.byteLength(platform.resolve(carried.templateBody) as string)).toBeLessThanOrEqual(51_200);
  });
});

describe('monitoring is refused', () => {
  test('where endpoints capture nothing', () => {
    expect(() => DeploymentStage.accounts('staging', {
      accounts: [STAGING.account!], endpointCapacity: { capturePercentage: 0 }, monitoring: {},
    })).toThrow("[DeploymentStage 'staging'] monitoring must not be given where endpoints capture nothing");
  });

  test.each(['m5.large', 'ml.m5', 'ml.m5.*'])('on %s, which is no instance type', (instanceType) => {
    expect(() => DeploymentStage.sameAccount('staging', { monitoring: { instanceType } })).toThrow(`[DeploymentStage 'staging'] monitoring.instanceType must be a type such as ml.m5.large, got "${instanceType}"`);
  });

  test('of ground truth where nothing is monitored', () => {
    expect(() => target({ groundTruthWriters: ['backend'] })).toThrow("[Target/Churn] groundTruthWriters must not be given for the stage 'staging', whose models are not monitored");
  });

  test('by writers that are no names of roles', () => {
    expect(() => target({ stage: monitored, groundTruthWriters: ['arn:aws:iam::222222222222:role/backend'] })).toThrow('groundTruthWriters must be names of roles, with their path but for the first slash');
  });
});
