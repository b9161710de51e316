import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnFlowLog, FlowLogMaxAggregationInterval, FlowLogTrafficType, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRoleOptions } from '../names';
import { acknowledge } from '../private/acknowledgements';
import { checkLogGroup } from '../private/given-log-group';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { settingsOf } from '../private/role-settings';
import { ServiceRole } from '../private/service-role';
import { FLOW_LOGS } from './private/acknowledgements';
import { LogKey } from './private/log-key';
import { FLOW_LOGS as FLOW_LOGS_CARD } from '../roles/flow-logs';
import { FLOW_LOG_DELIVERY, principalOf } from '../roles/service-trust';

/** Settings of VPC flow logs. */
export interface FlowLogOptions {
  /**
   * The traffic that is logged.
   *
   * @default FlowLogTrafficType.ALL
   */
  readonly trafficType?: FlowLogTrafficType;

  /**
   * Log group that exists already, whose retention and encryption are its owner's.
   *
   * @default - a new log group
   */
  readonly logGroup?: ILogGroup;

  /**
   * Retention of a new log group.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;

  /**
   * Maximum time over which a flow is aggregated into one record.
   *
   * @default FlowLogMaxAggregationInterval.TEN_MINUTES
   */
  readonly maxAggregationInterval?: FlowLogMaxAggregationInterval;

  /**
   * Fields of a flow log record, in the form `${version} ${account-id} …`.
   *
   * @default - the default format of VPC flow logs, version 2
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
   */
  readonly format?: string;
}

/** Properties of VPC flow logs. */
export interface FlowLogsProps extends FlowLogOptions {
  /** The VPC whose traffic is logged. */
  readonly vpc: IVpc;
  /**
   * KMS key that encrypts the log group.
   *
   * The key policy must let CloudWatch Logs use the key.
   *
   * @default - a new key
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logsKey?: IKey;
  /**
   * The names of the environment that the flow logs belong to, from which the delivery role is named.
   *
   * @default - a generated name
   */
  readonly names?: EnvironmentNames;
  /**
   * Path and permissions boundary that your organization requires of every role.
   *
   * Not together with `names`, which has them from `EnvironmentNames.forStack`.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
  /**
   * Removal policy of the flow logs.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * VPC flow logs in an encrypted CloudWatch log group.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends Construct {
  /** The log group. */
  public readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    acknowledge(this, FLOW_LOGS);
    checkLogGroup(checkKey(new InputCheck(this), 'logsKey', props.logsKey), this, 'flowLogs.logGroup', props.logGroup)
      .that('flowLogs.maxAggregationInterval', props.maxAggregationInterval, (interval) => FlowLogMaxAggregationInterval[interval] !== undefined, 'be a FlowLogMaxAggregationInterval, 60 or 600 seconds')
      .notBoth('flowLogs.logGroup', props.logGroup, 'flowLogs.retention', props.retention, 'The retention of a log group that exists already is its owner\'s').throwIfInvalid();
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.logGroup = props.logGroup ?? this.makeLogGroup(props, removalPolicy);
    const role = this.makeRole(props);
    const flowLog = new CfnFlowLog(this, 'Resource', {
      resourceType: 'VPC',
      resourceId: props.vpc.vpcId,
      trafficType: props.trafficType ?? FlowLogTrafficType.ALL,
      maxAggregationInterval: props.maxAggregationInterval ?? FlowLogMaxAggregationInterval.TEN_MINUTES,
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.logGroup.logGroupName,
      logFormat: props.format,
      deliverLogsPermissionArn: role.roleArn,
    });
    // Without its permissions the delivery would start with errors.
    flowLog.node.addDependency(role);
  }

  private makeLogGroup({ logsKey, retention = RetentionDays.ONE_YEAR }: FlowLogsProps, removalPolicy: RemovalPolicy): LogGroup {
    const encryptionKey = logsKey ?? new LogKey(this, 'Key', 'VPC flow logs', removalPolicy).key;
    const logGroup = new LogGroup(this, 'LogGroup', { encryptionKey, retention, removalPolicy });
    keepWithoutFlag(logGroup);
    return logGroup;
  }

  private makeRole(props: FlowLogsProps): IRole {
    const role = new ServiceRole(this, {
      ...settingsOf(this, FLOW_LOGS_CARD.role, props.names, props.roleOptions),
      description: FLOW_LOGS_CARD.description,
      assumedBy: principalOf(this, FLOW_LOG_DELIVERY),
    });
    role.allow(role.role, 'Delivery', FLOW_LOGS_CARD.may({ logGroupArn: this.logGroup.logGroupArn }));
    return role.role;
  }
}
