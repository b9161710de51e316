import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { DetectiveTrailOptions } from './detective-trail-options';
import { EnvironmentRoleOptions } from '../names';
import { IDataScienceEnvironment } from '../stages';

/** Properties of the detective controls of an environment. */
export interface DetectiveControlsProps {
  /**
   * The environment that is watched.
   *
   * Of an environment of another app only the names are known: its trail records objects of the releases bucket alone, and network
   * traffic and DNS queries are not watched.
   */
  readonly environment: IDataScienceEnvironment;

  /**
   * Topic that is told of alarms and findings.
   *
   * The policies of an existing topic and of its key must let CloudWatch and EventBridge publish.
   *
   * @default - a new topic, encrypted with the key, to which you subscribe people
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  readonly notificationTopic?: ITopic;

  /**
   * KMS key that encrypts log files, log groups and the topic.
   *
   * The policy of a key of another stack or account must let CloudTrail, CloudWatch Logs, CloudWatch and EventBridge use it.
   *
   * @default - a new key
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
   */
  readonly encryptionKey?: IKey;

  /**
   * The CloudTrail trail: a new one, or the log group of one that exists already.
   *
   * @default - a new trail of all regions
   */
  readonly trail?: DetectiveTrailOptions;

  /**
   * Alarm when somebody uses the account's root user.
   *
   * @default true
   */
  readonly rootUseAlarm?: boolean;

  /**
   * Alarm when logging is switched off, or changed outside of a deployment.
   *
   * @default true
   */
  readonly loggingAlarm?: boolean;

  /**
   * Alarm when the policy or the state of a KMS key of the account changes outside of a deployment.
   *
   * @default true
   */
  readonly keyChangeAlarm?: boolean;

  /**
   * Alarms when a policy changes outside of a deployment: of identities, and of buckets, private endpoints, repositories and model groups.
   *
   * @default true
   */
  readonly policyChangeAlarms?: boolean;

  /**
   * Alarm when a policy of a resource, a private endpoint or the organization refuses somebody.
   *
   * @default true
   */
  readonly perimeterAlarm?: boolean;

  /**
   * Alarms when a model version or a deployment is approved by somebody who is none of the environment's approving personas.
   *
   * @default true
   */
  readonly approvalAlarms?: boolean;

  /**
   * Alarms when a job, a model, a notebook instance or a domain is made outside of any VPC.
   *
   * @default true
   */
  readonly networkAlarms?: boolean;

  /**
   * Path and permissions boundary that your organization requires of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;

  /**
   * Removal policy of the key, the trail's bucket and the log groups.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
