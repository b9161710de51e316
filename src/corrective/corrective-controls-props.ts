import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { CorrectiveAction } from './corrective-action';

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
   * All work of the account and region is compared with them, that of another environment as well, which has other subnets and keys.
   *
   * @default - jobs are not looked at, and the others only by the rules of `SecureMlopsChecks`
   */
  readonly guardrailStatements?: PolicyStatement[];

  /**
   * Buckets of the account to which public access is blocked.
   *
   * @default - no bucket
   */
  readonly buckets?: IBucket[];

  /**
   * VPCs whose security groups admit nobody from every address.
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
   * Maximum number of actions in each hour of the clock, 1–100, beyond which violations are only recorded.
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
}
