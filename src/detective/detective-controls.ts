import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DetectiveControlsProps } from './detective-controls-props';
import { ACKNOWLEDGED } from './private/acknowledgements';
import { TRAIL_ALARMS } from './private/alarms/all';
import { makeAlarm } from './private/alarms/make-alarm';
import { TrailAlarm } from './private/alarms/trail-alarm';
import { checkControls } from './private/input-rules';
import { usedByLogs, usedByPublishers } from './private/key-statements';
import { Trail } from './private/trail';
import { bucketArnsOf } from './private/watched';
import { acknowledge } from '../private/acknowledgements';
import { arnIn } from '../private/arn';
import { keepWithoutFlag, removalOf } from '../private/removal';

/**
 * Controls that tell what happens in an environment's account: a trail, alarms on what must never happen, and a topic.
 *
 * They change nothing in the environment, and stand in its account and region.
 */
export class DetectiveControls extends Construct {
  /** The topic that is told of alarms and findings. */
  public readonly notificationTopic: ITopic;
  /** The KMS key of log files, log groups and the topic. */
  public readonly encryptionKey: IKey;
  /** The log group of CloudTrail events, from which alarms and queries read. */
  public readonly trailLogGroup: ILogGroup;
  /** The bucket of CloudTrail's log files, or undefined with a trail that exists already. */
  public readonly trailBucket?: IBucket;
  /** The alarms, in the order of the properties that switch them. */
  public readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, private readonly props: DetectiveControlsProps) {
    super(scope, id);
    checkControls(this, props);
    acknowledge(this, ACKNOWLEDGED);
    const { environment, roleOptions, trail = {} } = props, removalPolicy = removalOf(this, props.removalPolicy);
    this.encryptionKey = props.encryptionKey ?? this.makeKey(removalPolicy);
    for (const statement of usedByLogs(this)) this.encryptionKey.addToResourcePolicy(statement);
    this.notificationTopic = props.notificationTopic ?? this.makeTopic();
    if (trail.existingLogGroup) {
      this.trailLogGroup = trail.existingLogGroup;
    } else {
      const { encryptionKey } = this;
      const made = new Trail(this, 'Trail', { ...trail, encryptionKey, roleOptions, removalPolicy, bucketArns: bucketArnsOf(environment) });
      this.trailLogGroup = made.logGroup;
      this.trailBucket = made.bucket;
    }
    this.alarms = this.makeAlarms();
  }

  private makeKey(removalPolicy: RemovalPolicy): Key {
    const key = new Key(this, 'Key', { description: 'Logs and notifications of detective controls', enableKeyRotation: true, removalPolicy });
    keepWithoutFlag(key);
    return key;
  }

  private makeTopic(): Topic {
    const topic = new Topic(this, 'Topic', { masterKey: this.encryptionKey, enforceSSL: true });
    this.encryptionKey.addToResourcePolicy(usedByPublishers(this));
    topic.addToResourcePolicy(new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': arnIn(this, 'cloudwatch', 'alarm:*') }, StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    }));
    return topic;
  }

  private makeAlarms(): Alarm[] {
    const { environmentName, names } = this.props.environment;
    return this.switchedOn().map(({ id, description, pattern }) => makeAlarm(this, id, {
      logGroup: this.trailLogGroup,
      filterPattern: pattern(names),
      metricNamespace: `secure-mlops/${environmentName}/controls`,
      description,
      topic: this.notificationTopic,
    }));
  }

  private switchedOn(): TrailAlarm[] {
    const isOn = (property: string) => this.props[property as keyof typeof TRAIL_ALARMS] ?? true;
    return Object.entries<readonly TrailAlarm[]>(TRAIL_ALARMS).flatMap(([property, alarms]) => (isOn(property) ? alarms : []));
  }
}
