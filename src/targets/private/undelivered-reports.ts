import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { UNDELIVERED_REPORTS } from './acknowledgements';
import { TargetParts } from './target-roles';
import { acknowledge } from '../../private/acknowledgements';
import { arnIn } from '../../private/arn';
import { undeliveredAlarm } from '../../private/undelivered-alarm';

/**
 * Dead-letter queue of the rules of a target that report alarms of monitors to the data-science account, with an alarm.
 *
 * Monitors come in stacks of their own and know it by its name, so that they come to targets as well that were made before there
 * was one.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class UndeliveredReports extends Construct {
  constructor(scope: Construct, id: string, { names, stage: { stageName } }: TargetParts) {
    super(scope, id);
    acknowledge(this, UNDELIVERED_REPORTS);
    const queue = new Queue(this, 'Queue', {
      queueName: names._undeliveredReportsQueueName(stageName),
      // SQS's own key: events of alarms hold names and figures, and a key of ours would take a statement in the key policy.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    queue.addToResourcePolicy(new PolicyStatement({
      sid: 'KeepUndelivered',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': arnIn(this, 'events', `rule/${names.endpointPrefix(stageName)}*`) } }, // an ARN names its account
    }));
    undeliveredAlarm(this, queue, `Alarms of monitors in the stage ${stageName} did not reach the environment ${names.environmentName}`);
  }
}
