import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { FlowLogOptions } from './flow-logs';
import { InternetAccess } from './internet-access';
import { PrivateEndpointsOptions } from './private-endpoints';
import { EnvironmentRegistry, EnvironmentRoleOptions } from '../registry';

/** What new and given networks have in common. */
export interface NetworkOptions {
  /**
   * What becomes of flow logs when they leave the stack. DESTROY takes the context flag `@cdk-secure-mlops/destroy-data`
   * as well.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The private endpoints.
   *
   * @default - those that an environment needs; `EndpointService` says which and why
   */
  readonly endpoints?: PrivateEndpointsOptions;

  /**
   * Id of AWS's managed prefix list for S3 in the region, such as `pl-12345678`. New security groups then let workloads out
   * to this list and to new endpoints only. CloudFormation tells nobody the id, so that it cannot be the default; groups of
   * `endpoints.existing` are not known here and take a rule of yours.
   *
   * @default - port 443 to any address, and the routes of the subnets decide where that leads
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   */
  readonly s3PrefixListId?: string;

  /**
   * Key of log groups. Its policy must let CloudWatch Logs use it.
   *
   * @default - a key of their own for flow logs; CloudWatch Logs' own encryption for the log of the handler
   */
  readonly logsKey?: IKey;

  /**
   * The environment that the network belongs to; names its roles.
   *
   * @default - generated names
   */
  readonly registry?: EnvironmentRegistry;

  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** DHCP options of a new VPC. */
export interface DhcpOptions {
  /**
   * Domain name of hosts.
   *
   * @default - the one that AWS gives in the region
   */
  readonly domainName?: string;

  /**
   * Name servers, 1–4. Without `AmazonProvidedDNS` the private names of endpoints do not resolve by themselves.
   *
   * @default ['AmazonProvidedDNS']
   */
  readonly domainNameServers?: string[];

  /**
   * Time servers, 1–4.
   *
   * @default - Amazon's time service
   */
  readonly ntpServers?: string[];
}

/** Properties of a new network. */
export interface EnvironmentNetworkProps extends NetworkOptions {
  /**
   * Address range of the VPC, /16 to /28, known at synthesis.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * Number of availability zones, 1–4.
   *
   * @default 2
   */
  readonly zoneCount?: number;

  /**
   * Names of the availability zones, 1–4, in place of their number.
   *
   * @default - the first zones of the region, in its own order
   */
  readonly availabilityZones?: string[];

  /**
   * Size of each workload subnet as the length of its mask, 16–28.
   *
   * @default - the range is divided evenly
   */
  readonly subnetMask?: number;

  /**
   * Whether workloads reach the internet.
   *
   * @default InternetAccess.none()
   */
  readonly internetAccess?: InternetAccess;

  /**
   * DHCP options of the VPC.
   *
   * @default - the region's default set
   */
  readonly dhcpOptions?: DhcpOptions;

  /**
   * Whether the VPC's default security group is emptied. CloudFormation cannot do it, so a function of ours does; where
   * no function may be deployed, your own rules (such as AWS Config's) must.
   *
   * @default true
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2
   */
  readonly closesDefaultSecurityGroup?: boolean;

  /**
   * How flow logs are kept.
   *
   * @default - all traffic, one year
   */
  readonly flowLogs?: FlowLogOptions;

  /**
   * Whether the network keeps flow logs of its own.
   *
   * @default true
   */
  readonly keepsFlowLogs?: boolean;
}

/** A VPC that exists already. */
export interface GivenVpcProps extends NetworkOptions {
  /** The VPC. */
  readonly vpc: IVpc;

  /**
   * The subnets in which workloads run, 1–16.
   *
   * @default - the isolated subnets of the VPC; the private ones, if it has no isolated ones
   */
  readonly subnets?: ISubnet[];

  /**
   * The group of jobs, builds and models. Your rules stay as they are: jobs must reach each other and the endpoints.
   *
   * @default - a new group
   */
  readonly workloadSecurityGroup?: ISecurityGroup;

  /**
   * The group that people's Studio applications share. Your rules stay as they are: it must lead to the endpoints, and need
   * lead nowhere else. Another one than `workloadSecurityGroup`, or people's notebooks and jobs would reach each other.
   *
   * @default - a new group, once something asks for it
   */
  readonly studioSecurityGroup?: ISecurityGroup;

  /**
   * How flow logs are kept.
   *
   * @default - the VPC's owner keeps flow logs, or not
   */
  readonly flowLogs?: FlowLogOptions;
}
