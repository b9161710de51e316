import { Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FINDINGS } from './all';
import { arnIn } from '../../../private/arn';
import { usedByEvents } from '../../../private/key-users';
import { queueOfRules, undeliveredAlarm } from '../../../private/undelivered-alarm';
import { uniqueName } from '../../../private/unique-name';

/** Tells a topic of findings, and of those that did not reach it. */
export class FindingNotifications extends Construct {
  public readonly alarm: Alarm;

  constructor(scope: Construct, id: string, topic: ITopic, encryptionKey: IKey) {
    super(scope, id);
    encryptionKey.addToResourcePolicy(usedByEvents('KeepUndelivered', Stack.of(this).account));
    // Rules of this construct alone, whose names begin alike.
    const prefix = uniqueName(this, 40);
    const queue = queueOfRules(this, 'Undelivered', encryptionKey, arnIn(this, 'events', `rule/${prefix}-*`));
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
