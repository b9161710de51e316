import { Annotations, Aws, Fn } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup, LogGroup, ResourcePolicy, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnFirewall, CfnLoggingConfiguration } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { EgressFirewallProps } from './egress-firewall-props';
import { DomainFilter } from './private/domain-filter';
import { checkEgressFirewall } from './private/egress-firewall-rules';
import { LogKey } from './private/log-key';
import { nameInAccount } from './private/name-in-account';
import { arnIn } from '../private/arn';
import { checkLogGroup } from '../private/given-log-group';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { ANYTHING, checkRequired, SUBNETS, VPC } from '../private/required-input';

/**
 * An AWS Network Firewall in each Availability Zone that allows outbound traffic to listed domain names and drops all else.
 *
 * All firewalls share one policy. Routes to the firewalls and back belong to the route tables of the VPC and are not created here.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 */
export class EgressFirewall extends Construct {
  /** The firewalls, in the order of the subnets. */
  public readonly firewalls: CfnFirewall[];
  /** Ids of the firewall endpoints that routes lead to, in the order of the subnets. */
  public readonly endpointIds: string[];
  /** Log group of the alert logs, which hold one entry for each dropped connection. */
  public readonly alertLogGroup: ILogGroup;
  /** Log group of the flow logs, which hold all traffic that passes the firewalls. */
  public readonly flowLogGroup: ILogGroup;

  private readonly zones: string[];

  constructor(scope: Construct, id: string, props: EgressFirewallProps) {
    super(scope, id);
    checkRequired(this, props, { vpc: VPC, subnets: SUBNETS, allowedDomains: ANYTHING });
    checkEgressFirewall(new InputCheck(this), props).notEmpty('subnets', props.subnets).throwIfInvalid();
    this.warnOf(props.allowedDomains);
    this.zones = props.subnets.map((subnet) => subnet.availabilityZone);

    const { policyArn } = new DomainFilter(this, 'Filter', props.allowedDomains);
    // One a zone: of a firewall in many zones, CloudFormation tells the endpoints in no order. See adr/003-one-firewall-a-zone.md.
    this.firewalls = props.subnets.map((subnet, index) => new CfnFirewall(this, `Firewall${index + 1}`, {
      firewallName: nameInAccount(this, String(index + 1)),
      description: 'Inspects what workloads send to the internet',
      vpcId: props.vpc.vpcId,
      subnetMappings: [{ subnetId: subnet.subnetId }],
      firewallPolicyArn: policyArn,
      deleteProtection: props.deleteProtection ?? false,
      firewallPolicyChangeProtection: props.changeProtection ?? false,
      subnetChangeProtection: props.changeProtection ?? false,
    }));
    this.endpointIds = this.firewalls.map((firewall) => Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds))));

    const check = checkKey(new InputCheck(this), 'logsKey', props.logsKey);
    for (const logs of ['alertLogGroup', 'flowLogGroup'] as const) checkLogGroup(check, this, logs, props[logs]);
    check.throwIfInvalid();
    const removalPolicy = removalOf(this, props.removalPolicy);
    const isGiven = props.alertLogGroup !== undefined && props.flowLogGroup !== undefined;
    const encryptionKey = props.logsKey ?? (isGiven ? undefined : new LogKey(this, 'Key', 'Firewall logs', removalPolicy).key);
    const made = (name: string) => {
      const logGroup = new LogGroup(this, name, { encryptionKey, retention: props.logRetention ?? RetentionDays.ONE_YEAR, removalPolicy });
      keepWithoutFlag(logGroup);
      return logGroup;
    };
    this.alertLogGroup = props.alertLogGroup ?? made('Alerts');
    this.flowLogGroup = props.flowLogGroup ?? made('Flows');
    this.log();
  }

  /**
   * Metric for the number of packets that the firewalls dropped, summed over all Availability Zones.
   *
   * @default - sum over five minutes
   * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/monitoring-cloudwatch.html
   */
  public metricDroppedPackets(options: MetricOptions = {}): IMetric {
    const metrics = this.firewalls.map((firewall, index): [string, Metric] => [`zone${index + 1}`, new Metric({
      namespace: 'AWS/NetworkFirewall',
      metricName: 'DroppedPackets',
      statistic: 'Sum',
      dimensionsMap: { FirewallName: firewall.firewallName, AvailabilityZone: this.zones[index], Engine: 'Stateful' },
      ...options,
    })]);
    return new MathExpression({
      expression: metrics.map(([name]) => name).join(' + '), usingMetrics: Object.fromEntries(metrics), label: 'Dropped packets', period: options.period,
    });
  }

  private log(): void {
    // Else AWS adds to a policy of its own when logging begins, one for all of an account, which no stack takes away again.
    const delivery = new ResourcePolicy(this, 'Delivery', {
      resourcePolicyName: nameInAccount(this, 'Delivery'),
      policyStatements: [new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.alertLogGroup.logGroupArn, this.flowLogGroup.logGroupArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': arnIn(this, 'logs', '*') },
        },
      })],
    });
    for (const [index, firewall] of this.firewalls.entries()) {
      new CfnLoggingConfiguration(this, `Logging${index + 1}`, {
        firewallArn: firewall.attrFirewallArn,
        loggingConfiguration: { logDestinationConfigs: [destination('ALERT', this.alertLogGroup), destination('FLOW', this.flowLogGroup)] },
      }).node.addDependency(delivery);
    }
  }

  /** A bucket or an API of AWS by the internet takes no notice of endpoint policies. */
  private warnOf(allowedDomains: string[]): void {
    const ofAws = allowedDomains.filter((name) => /(^|\.)amazonaws\.com(\.cn)?$/.test(name));
    if (ofAws.length === 0) return;
    Annotations.of(this).addWarningV2('cdk-secure-mlops:allowedDomainOfAws',
      `allowedDomains has ${ofAws.join(', ')}: whoever brings credentials of another account reaches that account's resources there, past every endpoint policy.`);
  }
}

function destination(logType: string, logGroup: ILogGroup): CfnLoggingConfiguration.LogDestinationConfigProperty {
  return { logType, logDestinationType: 'CloudWatchLogs', logDestination: { logGroup: logGroup.logGroupName } };
}
