import { IManagedPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { EnvironmentRole } from './environment-role';

/** Settings that your organization requires of every role. */
export interface EnvironmentRoleOptions {
  /**
   * Path of the role, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Managed policy that is the permissions boundary of the role.
   *
   * @default - no permissions boundary
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Roles with other settings.
   *
   * Settings that an exception leaves out are those of every role. Roles that exist already are named here.
   *
   * @default - none
   */
  readonly exceptions?: RoleException[];
}

/** Settings that your organization requires of one role. */
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
   * Managed policy that is the permissions boundary of the role.
   *
   * @default - the permissions boundary of every role, if there is one
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Role that exists already and is used in the place of a new one.
   *
   * Nothing is attached to it. Its owner gives it `DataScienceEnvironment.requiredTrust` and `requiredPolicies`, and keeps its path
   * and permissions boundary. It changes nothing in an environment that has no such role.
   *
   * @default - a new role
   */
  readonly existingRole?: IRole;

  /**
   * Log group that exists already, into which the function writes that runs with the role.
   *
   * Only for `PUBLISHER`, `STUDIO_CLEAN_UP`, `BUCKET_EMPTYING` and `DEFAULT_SECURITY_GROUP`. Retention and encryption are its owner's.
   *
   * @default - a new log group, which is deleted with the function
   */
  readonly existingLogGroup?: ILogGroup;
}

/** Path of one role, which is part of its ARN. */
export interface RolePath {
  /** The role. */
  readonly role: EnvironmentRole;

  /** Path of the role, with a slash at both ends. */
  readonly path: string;
}
