import { IManagedPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { StackSetAccountThreshold } from './stack-set-account-threshold';
import { EnvironmentRoleOptions } from '../names';

/** Options of a service-managed stack set, whose roles StackSets creates in organizational units. */
export interface ServiceManagedOptions {
  /**
   * Creation by a delegated administrator of StackSets, instead of the management account of the organization.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
   */
  readonly delegatedAdmin?: boolean;

  /**
   * Automatic deployment to accounts that join one of the organizational units.
   *
   * @default true
   */
  readonly autoDeployment?: boolean;

  /**
   * Retention of the target in accounts that leave the organizational units.
   *
   * An endpoint stack must be deleted before the role that deploys it, so that a target that is deleted first leaves endpoints
   * that nothing can delete.
   *
   * @default - true, unless the stage's `retirement` is `StageRetirement.DELETE`
   */
  readonly retainStacksOnAccountRemoval?: boolean;
}

/** Options of a self-managed stack set, whose execution role each account of a list must have. */
export interface SelfManagedOptions {
  /**
   * An administration role that exists already.
   *
   * @default - a new role that assumes the execution role in the accounts of the stage, and does nothing else
   */
  readonly administrationRole?: IRole;

  /**
   * Path and permissions boundary of the administration role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly administrationRoleOptions?: EnvironmentRoleOptions;

  /**
   * Name of an execution role that exists in each account already and trusts the administration role.
   *
   * @default - a role whose template is written for you to deploy in each account (see `executionRoleTemplate`)
   */
  readonly executionRoleName?: string;

  /**
   * Managed policy of the accounts that is the permissions boundary of the execution role.
   *
   * @default - no permissions boundary
   */
  readonly executionRoleBoundary?: IManagedPolicy;
}

/**
 * Preferences of stack set operations.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 */
export interface StackSetOperationOptions {
  /**
   * Number or percentage of accounts in which an operation may fail before it stops.
   *
   * @default - no failures are tolerated
   */
  readonly failureTolerance?: StackSetAccountThreshold;

  /**
   * Maximum number or percentage of accounts that are changed at once.
   *
   * Without `softFailureTolerance` it is at most one more than may fail.
   *
   * @default - one account after the other
   */
  readonly maximumConcurrency?: StackSetAccountThreshold;

  /**
   * Soft failure tolerance, which keeps the number of concurrent accounts after failures, so that more may fail than are tolerated.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/concurrency-mode.html
   */
  readonly softFailureTolerance?: boolean;

  /**
   * Concurrent execution of operations that do not conflict, while others are queued instead of refused.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
   */
  readonly managedExecution?: boolean;
}
