import { Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { UNDELIVERED_EVENTS } from './private/acknowledgements';
import { acknowledge } from '../private/acknowledgements';
import { arnIn } from '../private/arn';
import { queueOfRules, undeliveredAlarm } from '../private/undelivered-alarm';

/** Properties of the dead-letter queue of an environment. */
export interface UndeliveredEventsProps {
  /** The names of the environment, from which the event rules are known. */
  readonly names: EnvironmentNames;

  /** KMS key that encrypts the queue, which EventBridge must be allowed to use. */
  readonly encryptionKey: IKey;
}

/**
 * Dead-letter queue of an environment's event rules, with an alarm.
 *
 * Events that EventBridge could not deliver, such as the approval of a model version that started no pipeline, stay here for 14
 * days.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class UndeliveredEvents extends Construct {
  /** The queue. */
  public readonly queue: IQueue;
  /** Alarm while an event is in the queue, which notifies nobody until you add an action. */
  public readonly alarm: Alarm;

  constructor(scope: Construct, id: string, private readonly props: UndeliveredEventsProps) {
    super(scope, id);
    acknowledge(this, UNDELIVERED_EVENTS);
    const { names, encryptionKey } = props;
    const { projectPrefix, monitoringBusName } = names;
    const rule = (name: string) => arnIn(names, 'events', `rule/${name}`);
    // Rules of projects, and those of the bus that hears of monitors. An ARN names its account.
    this.queue = queueOfRules(this, 'Queue', encryptionKey, [rule(`${projectPrefix}*`), rule(`${monitoringBusName}/*`)]);
    this.alarm = undeliveredAlarm(this, this.queue, `Events of the environment ${names.environmentName} were not delivered`);
  }

  /** What somebody needs to read what was not delivered, and to take it away. */
  public get readingStatements(): PolicyStatement[] {
    const { region, urlSuffix } = Stack.of(this);
    return [
      new PolicyStatement({ actions: ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], resources: [this.queue.queueArn] }),
      new PolicyStatement({
        actions: ['kms:Decrypt'], resources: [this.props.encryptionKey.keyArn], conditions: { StringEquals: { 'kms:ViaService': `sqs.${region}.${urlSuffix}` } },
      }),
    ];
  }
}
