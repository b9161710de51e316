import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { FlowLogOptions } from './flow-logs';
import { InternetAccess } from './internet-access';
import { PrivateEndpointsOptions } from './private-endpoints';
import { EnvironmentNames, EnvironmentRoleOptions } from '../names';

/** Access of workloads in new and existing VPCs to AWS services. @internal */
export interface ServiceAccessOptions {
  /**
   * Settings of the VPC endpoints.
   *
   * @default - the endpoints of all services whose `EndpointService.onByDefault` is true
   */
  readonly endpoints?: PrivateEndpointsOptions;

  /**
   * Id of the AWS-managed prefix list for S3 in the region, such as `pl-12345678`.
   *
   * New security groups then allow outbound traffic to this list and to new endpoints only. CloudFormation has no way to find the
   * id, so that it cannot be the default. Security groups of `endpoints.existingServices` are not known here and need a rule of yours.
   *
   * @default - port 443 to any address, and the routes of the subnets decide where that leads
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   */
  readonly s3PrefixListId?: string;
}

/** What a network takes of its environment, in new and existing VPCs. @internal */
export interface NetworkOptions {
  /**
   * Removal policy of the flow logs.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * KMS key that encrypts the log groups.
   *
   * The key policy must let CloudWatch Logs use the key.
   *
   * @default - a new key for flow logs, and CloudWatch Logs' own encryption for the log of the handler
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logsKey?: IKey;

  /**
   * The names of the environment that the network belongs to, from which its roles are named.
   *
   * @default - generated names
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
}

/**
 * DHCP options of a new VPC.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html
 */
export interface DhcpOptions {
  /**
   * Domain name of hosts in the VPC.
   *
   * @default - `ec2.internal` in us-east-1, `<region>.compute.internal` elsewhere
   */
  readonly domainName?: string;

  /**
   * IP addresses of the domain name servers, or `AmazonProvidedDNS`, 1–4.
   *
   * Without `AmazonProvidedDNS` the private names of endpoints do not resolve by themselves.
   *
   * @default ['AmazonProvidedDNS']
   */
  readonly domainNameServers?: string[];

  /**
   * IP addresses of the NTP servers, 1–4.
   *
   * @default - the Amazon Time Sync Service
   */
  readonly ntpServers?: string[];
}

/** Settings of a network in a new VPC. */
export interface ManagedNetworkOptions extends ServiceAccessOptions {
  /**
   * IPv4 CIDR block of the VPC, /16 to /28.
   *
   * From a block that is a token, subnets of `subnetMask` are cut when it is deployed, which fails where it has no room for them.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * Number of Availability Zones, 1–4.
   *
   * @default 2
   */
  readonly zoneCount?: number;

  /**
   * Names of the Availability Zones, 1–4, in place of their number.
   *
   * @default - the first zones of the region, in its own order
   */
  readonly availabilityZones?: string[];

  /**
   * Prefix length of each workload subnet, 16–28, and at most 24 in a CIDR block that is a token.
   *
   * @default - the CIDR block is divided evenly, or 24 in a CIDR block that is a token
   */
  readonly subnetMask?: number;

  /**
   * Internet access of the workloads.
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
   * Removal of all rules from the default security group of the VPC.
   *
   * CloudFormation cannot remove them, so that a Lambda function does. Where no function may be deployed, rules of yours (such as
   * those of AWS Config) must do it.
   *
   * @default true
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2
   */
  readonly restrictDefaultSecurityGroup?: boolean;

  /**
   * Settings of the VPC flow logs.
   *
   * @default - all traffic, one year
   */
  readonly flowLogs?: FlowLogOptions;

  /**
   * VPC flow logs of this network.
   *
   * @default true
   */
  readonly enableFlowLogs?: boolean;
}

/** Properties of a network in a new VPC. */
export interface EnvironmentNetworkProps extends NetworkOptions, ManagedNetworkOptions {}

/** Properties of a network in an existing VPC. */
export interface ExistingVpcProps extends ServiceAccessOptions, NetworkOptions {
  /** The VPC. */
  readonly vpc: IVpc;

  /**
   * The subnets in which workloads run, 1–16.
   *
   * @default - the isolated subnets of the VPC, or the private ones if it has no isolated ones
   */
  readonly subnets?: ISubnet[];

  /**
   * Security group of jobs, builds and models.
   *
   * Its rules stay as they are. They must allow jobs to reach each other and the endpoints.
   *
   * @default - a new security group
   */
  readonly workloadSecurityGroup?: ISecurityGroup;

  /**
   * Security group that Studio applications of people share, another one than `workloadSecurityGroup`.
   *
   * Its rules stay as they are. They must allow outbound traffic to the endpoints, and need allow nothing else. With the group of
   * the workloads, notebooks of people and jobs would reach each other.
   *
   * @default - a new security group, once something asks for it
   */
  readonly studioSecurityGroup?: ISecurityGroup;

  /**
   * Settings of the VPC flow logs.
   *
   * @default - no flow logs are created, as the owner of the VPC may have some
   */
  readonly flowLogs?: FlowLogOptions;
}
