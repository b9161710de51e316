import { RemovalPolicy } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What may be decided about a firewall. */
export interface EgressFirewallOptions {
  /**
   * Names that may be reached, 1–499, lower-case: `pypi.org` is this name alone, `.pypi.org` is this name and all below.
   * The firewall reads them from the first message of a connection; what the client claims there is not compared with
   * the address that it goes to.
   */
  readonly allowedDomains: string[];

  /**
   * How long alerts and flows are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether firewalls refuse to be deleted. A stack that holds a protected firewall cannot be deleted either.
   *
   * @default false
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-9
   */
  readonly deleteProtection?: boolean;

  /**
   * Whether firewalls refuse another policy and other subnets. Domains can be changed all the same.
   *
   * @default false
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-10
   */
  readonly changeProtection?: boolean;
}

/** Properties of a firewall. */
export interface EgressFirewallProps extends EgressFirewallOptions {
  /** The VPC. */
  readonly vpc: IVpc;

  /** Subnets that hold nothing else, one in each zone. */
  readonly subnets: ISubnet[];

  /**
   * Key of the log groups. Its policy must let CloudWatch Logs use it.
   *
   * @default - a key of their own
   */
  readonly logsKey?: IKey;

  /**
   * What becomes of the logs when they leave the stack. DESTROY takes the context flag `@cdk-secure-mlops/destroy-data`
   * as well.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
