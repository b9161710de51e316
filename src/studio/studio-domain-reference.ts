import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { StudioAuthMode } from './studio-auth-mode';

/** A Studio domain, made here or elsewhere. */
export interface IStudioDomain extends IConstruct {
  /** Id of the domain, such as `d-abcdefgh1234`. */
  readonly domainId: string;
  /** ARN of the domain. */
  readonly domainArn: string;
  /** The VPC in which Studio's applications run. */
  readonly vpc: IVpc;
  /** How people sign in. */
  readonly authMode: StudioAuthMode;
  /** The security groups that every user has, beside their own. */
  readonly sharedSecurityGroups: ISecurityGroup[];
  /** Whether the domain has a home file system. */
  readonly hasHomeFileSystem: boolean;
}

/** What is to be known of a domain that was made elsewhere. */
export interface StudioDomainAttributes {
  /** Id of the domain, such as `d-abcdefgh1234`. */
  readonly domainId: string;

  /** The VPC in which Studio's applications run. */
  readonly vpc: IVpc;

  /** The security groups in the default user settings of the domain. */
  readonly sharedSecurityGroups: ISecurityGroup[];

  /**
   * How people sign in.
   *
   * @default StudioAuthMode.IAM
   */
  readonly authMode?: StudioAuthMode;

  /**
   * Whether the domain has a home file system.
   *
   * @default false
   */
  readonly hasHomeFileSystem?: boolean;
}
