import { OrganizationWorkloads } from './organization-workloads';
import { ExecutionGuardrailsOptions } from '../identity';

/** Properties of an organization's guardrails. */
export interface OrganizationGuardrailsProps extends ExecutionGuardrailsOptions {
  /** Id of the organization, such as `o-exampleorg`. */
  readonly organizationId: string;

  /**
   * ARNs of the roles that deploy into the accounts, and alone change policies, keys, logs, networks and identities there.
   *
   * With the CDK: the role that CloudFormation works as, the role that starts deployments, and your pipeline's, if it is in one of the
   * accounts. An account or the end of a name may be `*`. Nobody else assumes or passes them.
   */
  readonly deployingRoles: string[];

  /**
   * ARNs of roles to which nothing is denied but to leave the organization, such as those for emergencies and of AWS Control Tower.
   *
   * @default - none
   */
  readonly exemptRoles?: string[];

  /**
   * Networks, keys and buckets of the work in the accounts.
   *
   * @default - subnets, security groups and keys are required, and keys must be of the caller's own account
   */
  readonly workloads?: OrganizationWorkloads[];

  /**
   * Ids of the root, the organizational units or the accounts that the policies are attached to.
   *
   * @default - no policy is made: `documents` has the texts for AWS Control Tower or another tool
   */
  readonly targetIds?: string[];

  /**
   * Types of the policies that are made, which have to be enabled in the organization, as AWS CloudFormation calls them.
   *
   * @default - SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, DECLARATIVE_POLICY_EC2 and S3_POLICY
   */
  readonly policyTypes?: string[];

  /**
   * Ids of accounts outside of the organization whose principals, and services that act for them, may reach resources of the accounts.
   *
   * @default - none
   */
  readonly trustedAccounts?: string[];

  /**
   * Public IPv4 CIDR blocks of your company from which the objects of `dataBucketNames` may be reached as well.
   *
   * @default - none
   */
  readonly corporateCidrs?: string[];

  /**
   * ARN of a permissions boundary with which others than the deploying roles may make roles.
   *
   * The account may be `*`.
   *
   * @default - only the deploying roles make roles
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Further actions that are denied to all but the deploying roles, such as `sagemaker:CreateHub`.
   *
   * @default - none
   */
  readonly deniedActions?: string[];
}
