import { RemovalPolicy } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Settings of an egress firewall. @internal */
export interface EgressFirewallOptions {
  /**
   * Domain names that workloads may reach, 1–499, in lower case.
   *
   * `pypi.org` allows this name alone, `.pypi.org` allows this name and all its subdomains. The firewall reads the name from the
   * TLS handshake or the HTTP Host header. It does not compare the name with the IP address of the connection.
   */
  readonly allowedDomains: string[];

  /**
   * Log group of alert logs that exists already, whose retention and encryption are its owner's.
   *
   * @default - a new log group
   */
  readonly alertLogGroup?: ILogGroup;

  /**
   * Log group of flow logs that exists already, whose retention and encryption are its owner's.
   *
   * @default - a new log group
   */
  readonly flowLogGroup?: ILogGroup;

  /**
   * Retention of new log groups, of which at least one must be made.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;

  /**
   * Delete protection of the firewalls, which also keeps a stack that holds them from being deleted.
   *
   * @default false
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-9
   */
  readonly deleteProtection?: boolean;

  /**
   * Protection of the firewalls against changes of their policy and subnets.
   *
   * The list of domains can be changed all the same.
   *
   * @default false
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-10
   */
  readonly changeProtection?: boolean;
}

/** Properties of an egress firewall. */
export interface EgressFirewallProps extends EgressFirewallOptions {
  /** The VPC in which the firewalls run. */
  readonly vpc: IVpc;

  /** Firewall subnets, one in each Availability Zone, which hold nothing else. */
  readonly subnets: ISubnet[];

  /**
   * KMS key that encrypts the log groups.
   *
   * The key policy must let CloudWatch Logs use the key.
   *
   * @default - a new key
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logsKey?: IKey;

  /**
   * Removal policy of the logs.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
