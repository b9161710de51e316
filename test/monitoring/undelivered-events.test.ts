import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DataScienceEnvironment, DeploymentStage } from '../../src';

const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
const topic = new Topic(stack, 'Topic');
const environment = new DataScienceEnvironment(stack, 'Churn', {
  environmentName: 'churn', deploymentStages: [DeploymentStage.accounts('live', { accounts: ['222222222222'], monitoring: { notificationTopic: topic } })],
});
const template = Template.fromStack(stack);
const queueArn = stack.resolve(environment.undeliveredEvents!.queueArn) as object;

describe('what EventBridge could not deliver', () => {
  test('stays in a queue for as long as SQS keeps it, encrypted with a key of the environment', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      KmsMasterKeyId: stack.resolve(environment.keys.logs.keyArn) as object, MessageRetentionPeriod: 1209600,
    });
  });

  test('comes from rules of this account and environment', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Sid: 'KeepUndelivered',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
          Condition: {
            ArnLike: {
              'aws:SourceArn': [
                'arn:aws:events:eu-west-1:111111111111:rule/churn--*',
                'arn:aws:events:eu-west-1:111111111111:rule/churn--monitoring/*',
              ],
            },
          },
        }]),
      },
    });
  });

  test('raises an alarm, as long as it is there', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Events of the environment churn were not delivered',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });
});

test('an alarm of a monitor that reached no topic is kept', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    Description: 'Tells of alarms of monitors in the stage live', Targets: [Match.objectLike({ DeadLetterConfig: { Arn: queueArn } })],
  });
});

test('an environment without rules has no queue', () => {
  const alone = new Stack(new App(), 'Stack');
  new DataScienceEnvironment(alone, 'Churn', { environmentName: 'churn' });
  Template.fromStack(alone).resourceCountIs('AWS::SQS::Queue', 0);
});
