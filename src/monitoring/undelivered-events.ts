import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { UNDELIVERED_EVENTS } from './private/acknowledgements';
import { acknowledge } from '../private/acknowledgements';
import { EnvironmentRegistry } from '../registry';

/** Properties of the queue of events that were not delivered. */
export interface UndeliveredEventsProps {
  /** Names the rules. */
  readonly registry: EnvironmentRegistry;

  /** Encrypts the queue. EventBridge must be allowed to use it. */
  readonly encryptionKey: IKey;
}

/**
 * The dead-letter queue of an environment's event rules: what EventBridge could not deliver, such as the approval of a model
 * version that started no pipeline, stays here for 14 days, and an alarm tells of it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class UndeliveredEvents extends Construct {
  /** The queue. */
  public readonly queue: IQueue;
  /** Rings while something is in the queue. It tells nobody until it is given an action. */
  public readonly alarm: Alarm;

  constructor(scope: Construct, id: string, private readonly props: UndeliveredEventsProps) {
    super(scope, id);
    acknowledge(this, UNDELIVERED_EVENTS);
    const { registry, encryptionKey } = props;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const { partition, region, account, projectPrefix, monitoringBusName } = registry;
    const rule = (name: string) => `arn:${partition}:events:${region}:${account}:rule/${name}`;
    this.queue.addToResourcePolicy(new PolicyStatement({
      sid: 'KeepUndelivered',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [this.queue.queueArn],
      // Rules of projects, and those of the bus that hears of monitors. An ARN names its account.
      conditions: { ArnLike: { 'aws:SourceArn': [rule(`${projectPrefix}*`), rule(`${monitoringBusName}/*`)] } },
    }));
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription: `Events of the environment ${registry.environmentName} were not delivered`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING, // an empty queue that nobody asks sends no metric
    });
  }

  /** What somebody needs to read what was not delivered, and to take it away. @internal */
  public get _readingStatements(): PolicyStatement[] {
    const { region, urlSuffix } = Stack.of(this);
    return [
      new PolicyStatement({ actions: ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], resources: [this.queue.queueArn] }),
      new PolicyStatement({
        actions: ['kms:Decrypt'], resources: [this.props.encryptionKey.keyArn], conditions: { StringEquals: { 'kms:ViaService': `sqs.${region}.${urlSuffix}` } },
      }),
    ];
  }
}
