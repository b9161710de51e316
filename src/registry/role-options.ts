import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';

/** What a company's policy asks of every role. */
export interface RoleOptions {
  /**
   * Path of the role, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Managed policy that bounds what the role may do.
   *
   * @default - no permissions boundary
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: IManagedPolicy;
}
