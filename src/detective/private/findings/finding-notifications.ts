import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FINDINGS } from './all';
import { arnIn } from '../../../private/arn';
import { undeliveredAlarm } from '../../../private/undelivered-alarm';
import { uniqueName } from '../../../private/unique-name';
import { usedByQueues } from '../key-statements';

/** Tells a topic of findings, and of those that did not reach it. */
export class FindingNotifications extends Construct {
  public readonly alarm: Alarm;

  constructor(scope: Construct, id: string, topic: ITopic, encryptionKey: IKey) {
    super(scope, id);
    encryptionKey.addToResourcePolicy(usedByQueues(this));
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey, enforceSSL: true, retentionPeriod: Duration.days(14),
    });
    // Rules of this construct alone, whose names begin alike.
    const prefix = uniqueName(this, 40);
    queue.addToResourcePolicy(new PolicyStatement({
      sid: 'KeepUndelivered',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': arnIn(this, 'events', `rule/${prefix}-*`) } },
    }));
    const target = new SnsTopic(topic);
    for (const { id: name, description, pattern } of FINDINGS) {
      // The CDK's own option would add a statement to the queue's policy for each rule.
      const withQueue: IRuleTarget = { bind: (rule, targetId) => ({ ...target.bind(rule, targetId), deadLetterConfig: { arn: queue.queueArn } }) };
      new Rule(this, name, { ruleName: `${prefix}-${name}`, description, eventPattern: pattern, targets: [withQueue] });
    }
    this.alarm = undeliveredAlarm(this, queue, `Findings in ${Stack.of(this).stackName} did not reach the topic`);
    this.alarm.addAlarmAction(new SnsAction(topic));
  }
}
