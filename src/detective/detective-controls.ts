import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DetectiveControlsProps } from './detective-controls-props';
import { EnvironmentRole } from '../names';
import { ACKNOWLEDGED } from './private/acknowledgements';
import { TRAIL_ALARMS } from './private/alarms/all';
import { CountedEvents, makeAlarm } from './private/alarms/make-alarm';
import { TrailAlarm } from './private/alarms/trail-alarm';
import { ConfigRules } from './private/config/config-rules';
import { showControls } from './private/dashboard';
import { DnsQueries, MANY_NAMES } from './private/dns-queries';
import { FindingNotifications } from './private/findings/finding-notifications';
import { checkControls } from './private/input-rules';
import { flowLogGroupOf, MANY_REJECTED, REJECTED, vpcOf } from './private/network';
import { DNS_QUERIES, FLOW_QUERIES, SampleQuery, TRAIL_QUERIES } from './private/queries/all';
import { saveQueries } from './private/queries/save';
import { SERVICES } from './private/services/all';
import { Trail } from './private/trail';
import { bucketArnsOf, permissionSetsOf } from './private/watched';
import { acknowledge } from '../private/acknowledgements';
import { arnIn } from '../private/arn';
import { usedByLogs } from '../private/key-users';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { letPublish } from '../private/undelivered-alarm';

/**
 * Controls that tell what happens in an environment's account: a trail, alarms on what must never happen, findings of AWS's services, and a topic.
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
  /** The alarms. */
  public readonly alarms: Alarm[];
  /** The dashboard, or undefined if it is switched off. */
  public readonly dashboard?: Dashboard;

  constructor(scope: Construct, id: string, private readonly props: DetectiveControlsProps) {
    super(scope, id);
    checkControls(this, props);
    acknowledge(this, ACKNOWLEDGED);
    const { environment, roleOptions, trail = {} } = props, removalPolicy = removalOf(this, props.removalPolicy);
    this.encryptionKey = props.encryptionKey ?? this.makeKey(removalPolicy);
    for (const statement of usedByLogs(this, { logGroups: arnIn(this, 'logs', 'log-group:*'), sids: ['EncryptLogGroups', 'DescribeForLogs'] })) this.encryptionKey.addToResourcePolicy(statement);
    this.notificationTopic = props.notificationTopic ?? new Topic(this, 'Topic', { masterKey: this.encryptionKey, enforceSSL: true });
    letPublish(this, this.notificationTopic);
    if (trail.existingLogGroup) {
      this.trailLogGroup = trail.existingLogGroup;
    } else {
      const { encryptionKey } = this;
      const made = new Trail(this, 'Trail', { ...trail, encryptionKey, roleOptions, removalPolicy, bucketArns: bucketArnsOf(environment) });
      this.trailLogGroup = made.logGroup;
      this.trailBucket = made.bucket;
    }
    this.alarms = [...this.makeAlarms(), ...this.watchNetwork(removalPolicy)];
    if (props.findingNotifications ?? true) this.alarms.push(new FindingNotifications(this, 'Findings', this.notificationTopic, this.encryptionKey).alarm);
    for (const [property, make] of Object.entries(SERVICES)) if (props[property as keyof typeof SERVICES]) make(this);
    if (props.configRules) new ConfigRules(this, 'ConfigRules');
    this.saveQueries(TRAIL_QUERIES, this.trailLogGroup);
    if (props.dashboard ?? true) this.dashboard = showControls(this, this.alarms, this.trailLogGroup, TRAIL_QUERIES);
  }

  private makeKey(removalPolicy: RemovalPolicy): Key {
    const key = new Key(this, 'Key', { description: 'Logs and notifications of detective controls', enableKeyRotation: true, removalPolicy });
    keepWithoutFlag(key);
    return key;
  }

  private makeAlarms(): Alarm[] {
    const { environment } = this.props, permissionSets = (persona: EnvironmentRole) => permissionSetsOf(environment, persona);
    return this.switchedOn().map(({ id, description, pattern }) => {
      // Permission sets are made after the environment, and maybe after its controls.
      const filterPattern = { logPatternString: Lazy.string({ produce: () => pattern(environment.names, permissionSets).logPatternString }) };
      return this.makeAlarm(id, { logGroup: this.trailLogGroup, filterPattern, description });
    });
  }

  private makeAlarm(id: string, counted: Omit<CountedEvents, 'metricNamespace' | 'topic'>): Alarm {
    return makeAlarm(this, id, { ...counted, metricNamespace: `secure-mlops/${this.props.environment.environmentName}/controls`, topic: this.notificationTopic });
  }

  private watchNetwork(removalPolicy: RemovalPolicy): Alarm[] {
    const { environment, rejectedTrafficAlarm = true, resolverQueryLogging = true } = this.props;
    const flowLogs = rejectedTrafficAlarm ? flowLogGroupOf(environment) : undefined, vpc = resolverQueryLogging ? vpcOf(environment) : undefined;
    const alarms: Alarm[] = [];
    if (flowLogs) {
      alarms.push(this.makeAlarm('RejectedTraffic', { logGroup: flowLogs, filterPattern: REJECTED, description: 'Much traffic of the VPC was rejected', atLeast: MANY_REJECTED }));
      this.saveQueries(FLOW_QUERIES, flowLogs);
    }
    if (vpc) {
      const { logGroup, unexpected } = new DnsQueries(this, 'DnsQueries', vpc, this.encryptionKey, removalPolicy);
      alarms.push(this.makeAlarm('UnexpectedNames', { logGroup, filterPattern: unexpected, description: 'Workloads asked for many names that are none of AWS\'s', atLeast: MANY_NAMES }));
      this.saveQueries(DNS_QUERIES, logGroup);
    }
    return alarms;
  }

  private saveQueries(queries: SampleQuery[], logGroup: ILogGroup): void {
    if (this.props.sampleQueries ?? true) saveQueries(this, `secure-mlops/${this.props.environment.environmentName}`, queries, logGroup);
  }

  private switchedOn(): TrailAlarm[] {
    const isOn = (property: string) => this.props[property as keyof typeof TRAIL_ALARMS] ?? true;
    return Object.entries<readonly TrailAlarm[]>(TRAIL_ALARMS).flatMap(([property, alarms]) => (isOn(property) ? alarms : []));
  }
}
