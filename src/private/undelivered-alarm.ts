import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { arnIn } from './arn';

/** A queue of what was not delivered, where it waits for 14 days. */
export function undeliveredQueue(scope: Construct, id: string, encryptionMasterKey: IKey): Queue {
  return new Queue(scope, id, { encryption: QueueEncryption.KMS, encryptionMasterKey, enforceSSL: true, retentionPeriod: Duration.days(14) });
}

/** Such a queue for event rules, by their ARNs, and for nobody else. */
export function queueOfRules(scope: Construct, id: string, encryptionMasterKey: IKey, rules: string | string[]): Queue {
  const queue = undeliveredQueue(scope, id, encryptionMasterKey);
  queue.addToResourcePolicy(new PolicyStatement({
    sid: 'KeepUndelivered',
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnLike: { 'aws:SourceArn': rules } },
  }));
  return queue;
}

/** Tells of what waits in a dead-letter queue. */
export function undeliveredAlarm(scope: Construct, queue: IQueue, alarmDescription: string): Alarm {
  return new Alarm(scope, 'Alarm', {
    alarmDescription,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING, // an empty queue that nobody asks sends no metric
  });
}

/**
 * Lets alarms and event rules of this account publish to a topic of the app; an imported one keeps its policy.
 *
 * A topic without a policy of its own takes messages of its account, alarms' as well. The first statement that anything adds, such as
 * the target of an event rule, ends that: its alarms would fail to publish, and nobody would hear of it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function letPublish(scope: Construct, topic: ITopic): void {
  topic.addToResourcePolicy(new PolicyStatement({
    sid: 'AlarmsOfThisAccount',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { ArnLike: { 'aws:SourceArn': arnIn(scope, 'cloudwatch', 'alarm:*') }, StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
  topic.masterKey?.addToResourcePolicy(usedByPublishers(scope));
}

/**
 * CloudWatch and EventBridge publish to an encrypted topic of this account. SNS says for which topic; not every publisher says for
 * which account.
 */
function usedByPublishers(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'PublishEncrypted',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('events.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'], // in a key policy: this key
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': arnIn(scope, 'sns', '*') },
      StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(scope).account },
    },
  });
}
