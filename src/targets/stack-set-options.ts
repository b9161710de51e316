import { IManagedPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { AmountOfAccounts } from './amount-of-accounts';
import { EnvironmentRoleOptions } from '../registry';

/** As whom a service-managed stack set is made. */
export enum StackSetCaller {
  /** The platform account is the management account of the organization. */
  SELF = 'SELF',
  /** The platform account is a delegated administrator of StackSets. */
  DELEGATED_ADMIN = 'DELEGATED_ADMIN',
}

/** What failures do to the number of accounts that are changed at once. */
export enum StackSetConcurrency {
  /** Never more failures than are tolerated, plus one: fewer accounts at once. */
  STRICT_FAILURE_TOLERANCE = 'STRICT_FAILURE_TOLERANCE',
  /** Always as many accounts at once as may be: more of them may fail than are tolerated. */
  SOFT_FAILURE_TOLERANCE = 'SOFT_FAILURE_TOLERANCE',
}

/** Options of targets in organizational units: StackSets makes its roles there itself. */
export interface ServiceManagedOptions {
  /**
   * As whom the stack set is made.
   *
   * @default StackSetCaller.SELF
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
   */
  readonly callAs?: StackSetCaller;

  /**
   * Whether an account that joins one of the units becomes a target by itself.
   *
   * @default true
   */
  readonly autoDeployment?: boolean;

  /**
   * Whether an account that leaves the units keeps its target. An endpoint stack must go before the role that deploys it,
   * so a target that goes first leaves endpoints that nothing can delete.
   *
   * @default - unless the stage's `retirement` is REMOVE
   */
  readonly retainStacksOnAccountRemoval?: boolean;
}

/** Options of targets in a list of accounts: each account lets the stack set in by a role. */
export interface SelfManagedOptions {
  /**
   * The role with which CloudFormation enters the accounts, when it exists already.
   *
   * @default - a role that enters by the execution role into the accounts of the stage, and does nothing else
   */
  readonly administrationRole?: IRole;

  /**
   * Path and permissions boundary of the administration role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly administrationRoleOptions?: EnvironmentRoleOptions;

  /**
   * Name of a role that exists in each account already and lets the administration role in.
   *
   * @default - a role whose template is written for you to deploy in each account (see `executionRoleTemplate`)
   */
  readonly executionRoleName?: string;

  /**
   * Managed policy of the accounts that bounds what the execution role may do.
   *
   * @default - no permissions boundary
   */
  readonly executionRoleBoundary?: IManagedPolicy;
}

/** How a stack set goes through its accounts. */
export interface StackSetOperationOptions {
  /**
   * In how many accounts an operation may fail before it stops.
   *
   * @default - none
   */
  readonly failureTolerance?: AmountOfAccounts;

  /**
   * How many accounts are changed at once; strictly, at most one more than may fail.
   *
   * @default - one account after the other
   */
  readonly maximumConcurrency?: AmountOfAccounts;

  /**
   * What failures do to the number of accounts that are changed at once.
   *
   * @default StackSetConcurrency.STRICT_FAILURE_TOLERANCE
   */
  readonly concurrency?: StackSetConcurrency;

  /**
   * Whether operations that do not conflict run at the same time and others wait, instead of being refused.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
   */
  readonly managedExecution?: boolean;
}
