import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IStudioDomain } from './studio-domain-reference';

/** Options of one user of a domain. */
export interface StudioUserOptions {
  /**
   * Execution role of the user's applications.
   *
   * The role must trust `sagemaker.amazonaws.com` for `sts:AssumeRole` and `sts:SetSourceIdentity`. A role of this app that has the
   * first only gets the second as well.
   *
   * @default - the execution role of the domain
   */
  readonly executionRole?: IRole;

  /**
   * Further security groups, beside the user's own and those that all users share.
   *
   * Together they may be five, or four if the domain has a home file system.
   *
   * @default - none
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * User name in IAM Identity Center, only for domains with `StudioAuthMode.IDENTITY_CENTER`.
   *
   * @default - the user's name
   */
  readonly singleSignOnUser?: string;

  /**
   * Tags of the user profile, which Studio copies to the user's applications.
   *
   * A change may replace the profile, so that `Tags.of()` leaves profiles alone.
   *
   * @default - the tags of the domain reach the user's applications
   */
  readonly tags?: Record<string, string>;
}

/** Properties of a user of a domain. */
export interface StudioUserProps extends StudioUserOptions {
  /** The domain of the user. */
  readonly domain: IStudioDomain;

  /**
   * Name of the user profile: 1–63 lower-case letters, digits and single hyphens.
   *
   * Lower case is required because SageMaker ignores the case of names and IAM does not ignore the case of ARNs.
   */
  readonly userName: string;
}
