import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { EnvironmentRole } from './environment-role';

/** What a company's policy asks of every role. */
export interface EnvironmentRoleOptions {
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

  /**
   * Roles of which something else is asked. What an exception leaves out is as for every role.
   *
   * @default - none
   */
  readonly exceptions?: RoleException[];
}

/** What a company's policy asks of one role. */
export interface RoleException {
  /** The role. */
  readonly role: EnvironmentRole;

  /**
   * Path of the role, with a slash at both ends.
   *
   * @default - the path of every role
   */
  readonly path?: string;

  /**
   * Managed policy that bounds what the role may do.
   *
   * @default - the permissions boundary of every role, if there is one
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

/** The path of one role, for whoever must know its ARN. */
export interface RolePath {
  /** The role. */
  readonly role: EnvironmentRole;

  /** Path of the role, with a slash at both ends. */
  readonly path: string;
}
