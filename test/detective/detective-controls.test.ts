import { Match } from 'aws-cdk-lib/assertions';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ACCOUNT, controls, REGION, stackOf } from './fixture';
import { DataScienceEnvironment } from '../../src';

const { made, template } = controls();

describe('the topic', () => {
  test('is told of each alarm', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as { Properties: { AlarmActions: unknown[] } }[];
    expect(alarms).toHaveLength(made.alarms.length);
    expect(new Set(alarms.map(({ Properties }) => JSON.stringify(Properties.AlarmActions))).size).toBe(1);
    expect(alarms[0].Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^ControlsTopic/) as unknown }]);
  });

  test('takes messages of alarms of this account', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'AlarmsOfThisAccount',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: {
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:eu-west-1:111111111111:alarm:*']] } },
            StringEquals: { 'aws:SourceAccount': '111111111111' },
          },
        })]),
      },
    });
  });

  test('is encrypted with the key, which lets CloudWatch and EventBridge publish to topics of this account', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'PublishEncrypted',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
          Condition: {
            ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:eu-west-1:111111111111:*']] } },
            StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' },
          },
        })]),
      },
    });
  });

  test('can be another one of the app, which takes messages of alarms beside those of event rules', () => {
    const stack = stackOf();
    controls({ notificationTopic: new Topic(stack, 'Security') }, stack).template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'AlarmsOfThisAccount', Principal: { Service: 'cloudwatch.amazonaws.com' } })]) },
    });
  });

  test('can be one that exists already', () => {
    const stack = stackOf();
    const topicArn = 'arn:aws:sns:eu-west-1:111111111111:security';
    const given = controls({ notificationTopic: Topic.fromTopicArn(stack, 'Security', topicArn) }, stack).template;
    given.resourceCountIs('AWS::SNS::Topic', 0);
    given.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topicArn] });
  });
});

describe('log groups', () => {
  test('are encrypted with the key, by CloudWatch Logs, for log groups of this account', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'EncryptLogGroups',
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:*']] } } },
          }),
          Match.objectLike({ Sid: 'DescribeForLogs', Action: 'kms:DescribeKey', Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } } }),
        ]),
      },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: Match.anyValue() });
  });
});

test('roles have the path and the boundary that a company asks for', () => {
  const stack = stackOf();
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
  const { template: bound } = controls({ roleOptions: { path: '/company/', permissionsBoundary } }, stack);
  bound.allResourcesProperties('AWS::IAM::Role', { Path: '/company/', PermissionsBoundary: Match.anyValue() });
});

describe('bad input is refused:', () => {
  const stack = stackOf();
  const logs = LogGroup.fromLogGroupName(stack, 'Logs', 'organization-trail');
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'company-logs');
  const elsewhere = LogGroup.fromLogGroupArn(stack, 'Elsewhere', 'arn:aws:logs:us-east-1:222222222222:log-group:trail');

  test.each<[string, Parameters<typeof controls>[0], string]>([
    ['a retention of another\'s log group', { trail: { existingLogGroup: logs, retention: RetentionDays.ONE_DAY } },
      'trail.existingLogGroup must not be given together with trail.retention'],
    ['a bucket for a trail that exists', { trail: { existingLogGroup: logs, bucket } }, 'trail.existingLogGroup must not be given together with trail.bucket'],
    ['a log group elsewhere', { trail: { existingLogGroup: elsewhere } }, 'trail.existingLogGroup must be in the stack\'s account, 111111111111'],
    ['data events of another\'s trail', { trail: { existingLogGroup: logs, sagemakerDataEvents: false } },
      'trail.existingLogGroup must not be given together with trail.sagemakerDataEvents'],
    ['an alias', { encryptionKey: new Key(stack, 'Own').addAlias('alias/logs') },
      'encryptionKey must be a key, not an alias of one'],
    ['a path without slashes', { roleOptions: { path: 'company' } }, 'roleOptions.path must begin and end with a slash, such as /company/'],
  ])('%s', (_, props, message) => {
    expect(() => controls(props, stackOf())).toThrow(message);
  });

  test.each([
    ['account', '222222222222', 'eu-west-1', 'environment must be of the stack\'s account, 111111111111, got "222222222222"'],
    ['region', '111111111111', 'us-east-1', 'environment must be of the stack\'s region, eu-west-1, got "us-east-1"'],
  ])('an environment of another %s', (_, account, region, message) => {
    const beside = stackOf();
    const environment = DataScienceEnvironment.fromEnvironmentAttributes(beside, 'Elsewhere', { environmentName: 'churn', account, region, partition: 'aws' });
    expect(() => controls({ environment }, beside)).toThrow(`[Stack/Controls] ${message}. Put the controls into a stack beside it: they see nothing of another account or region`);
  });

  test('a path of roles with which a filter pattern is longer than CloudWatch Logs takes', () => {
    const beside = stackOf();
    const rolePath = `/${'organization/'.repeat(30)}`;
    const environment = DataScienceEnvironment.fromEnvironmentAttributes(beside, 'Elsewhere', { environmentName: 'churn', account: ACCOUNT, region: REGION, partition: 'aws', rolePath });
    expect(() => controls({ environment }, beside)).toThrow(
      /\[Stack\/Controls\/DeploymentApproval\] the filter pattern must have at most 1024 characters, as many as CloudWatch Logs takes, got "\d+ characters"\. It names roles of the environment with their path: give them a shorter one, or switch the alarm off/,
    );
    expect(() => controls({ environment, approvalAlarms: false })).not.toThrow();
  });
});
