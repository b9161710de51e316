import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { CorrectiveAction } from './corrective-action';
import { EnvironmentRoleOptions } from '../names';
import { IDataScienceEnvironment } from '../stages';

/** Properties of corrective controls. */
export interface CorrectiveControlsProps {
  /**
   * Topic that is notified of every decision about a violation, and of events that were not delivered.
   *
   * The policies of an imported topic and of its key must let CloudWatch and EventBridge publish.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  readonly topic: ITopic;

  /**
   * Deny statements that jobs, models, endpoints, notebook instances and applications are compared with, such as `statements` of
   * `ExecutionGuardrails`.
   *
   * Without `environment` and `otherEnvironments` all work of the account and region is compared with them, that of another environment
   * as well, which has other subnets and keys.
   *
   * @default - jobs are not looked at, and the others only by the rules of `SecureMlopsChecks`
   */
  readonly guardrailStatements?: PolicyStatement[];

  /**
   * Environment whose work is looked at: jobs, endpoints, notebook instances and applications that its roles run.
   *
   * The environment is in the account and region of the stack. Roles are known by their names, those that exist already by their ARNs.
   *
   * @default - work of every role, except for those of `otherEnvironments`
   */
  readonly environment?: IDataScienceEnvironment;

  /**
   * Other environments of the account and region, whose work is left to controls of their own.
   *
   * Work of roles that are of no environment is looked at then, beside that of `environment`. Of several controls in an account, only
   * one should have it: what an administrator makes cannot be in two networks.
   *
   * @default - none, and work of roles that are of no environment is looked at only where `environment` is not given either
   */
  readonly otherEnvironments?: IDataScienceEnvironment[];

  /**
   * Buckets of the account to which public access is blocked.
   *
   * @default - no bucket
   */
  readonly buckets?: IBucket[];

  /**
   * VPCs whose security groups open no port to the internet: to more public addresses than an IPv4 range of /8 or an IPv6 range of /16
   * has, all rules of a group together.
   *
   * @default - no VPC
   */
  readonly vpcs?: IVpc[];

  /**
   * Actions to look for.
   *
   * @default - every action whose guardrails, buckets or VPCs are given, and those that need none
   */
  readonly correctiveActions?: CorrectiveAction[];

  /**
   * Actions to take, among those to look for.
   *
   * Of the others it is recorded and told what would be done.
   *
   * @default - none: a dry run
   */
  readonly enforcedActions?: CorrectiveAction[];

  /**
   * ARNs of resources to leave alone, with `*` and `?` as in policies, which the function's role is denied to touch.
   *
   * @default - no exceptions
   */
  readonly allowList?: string[];

  /**
   * Maximum number of actions of these controls in any 60 minutes, 1–100, beyond which violations are only recorded.
   *
   * @default 10
   */
  readonly maximumActionsPerHour?: number;

  /**
   * KMS key that encrypts records, logs and undelivered events.
   *
   * @default - a new key
   */
  readonly encryptionKey?: IKey;

  /**
   * Path and permissions boundary that your organization requires of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}
