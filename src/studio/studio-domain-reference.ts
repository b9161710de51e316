import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { StudioAuthMode } from '../identity';

/** A Studio domain, whether it was created here or is imported. */
export interface IStudioDomain extends IConstruct {
  /** Id of the domain, such as `d-abcdefgh1234`. */
  readonly domainId: string;
  /** ARN of the domain. */
  readonly domainArn: string;
  /** The VPC in which Studio applications run. */
  readonly vpc: IVpc;
  /** Authentication mode of the domain. */
  readonly authMode: StudioAuthMode;
  /** Security groups that every user has, beside their own. */
  readonly sharedSecurityGroups: ISecurityGroup[];
  /** True if the domain has a home file system. */
  readonly hasHomeFileSystem: boolean;
}

/** Attributes of an existing Studio domain. */
export interface StudioDomainAttributes {
  /** Id of the domain, such as `d-abcdefgh1234`. */
  readonly domainId: string;

  /** The VPC in which Studio applications run. */
  readonly vpc: IVpc;

  /** Security groups in the default user settings of the domain. */
  readonly sharedSecurityGroups: ISecurityGroup[];

  /**
   * Authentication mode of the domain.
   *
   * @default StudioAuthMode.IAM
   */
  readonly authMode?: StudioAuthMode;

  /**
   * Existence of a home file system in the domain.
   *
   * @default false
   */
  readonly hasHomeFileSystem?: boolean;
}
