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
   * The policies of an imported topic and of its key must let CloudWatch and EventBridge publish.
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
   * Alarm when the VPC's flow logs record 100 rejected flows within five minutes.
   *
   * @default - true where the environment is one of this app whose flow logs have the default format, else false
   */
  readonly rejectedTrafficAlarm?: boolean;

  /**
   * Log of the names that the VPC asks its resolver for, with an alarm on 20 names within five minutes that are none of AWS's.
   *
   * @default - true where the environment is one of this app, else false
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html
   */
  readonly resolverQueryLogging?: boolean;

  /**
   * Notifications of what AWS's services find with high severity, whoever switched them on.
   *
   * @default true
   */
  readonly findingNotifications?: boolean;

  /**
   * Dashboard with the alarms and the events behind them.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Queries that are saved in CloudWatch Logs Insights.
   *
   * @default true
   */
  readonly sampleQueries?: boolean;

  /**
   * Rules of AWS Config: managed ones, and rules of this library where AWS has none.
   *
   * The account needs a configuration recorder, without which their deployment fails.
   *
   * @default false
   * @see https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
   */
  readonly configRules?: boolean;

  /**
   * Security Hub with AWS's own standard.
   *
   * An account has it once: the deployment fails where it is on already, as in most organizations.
   *
   * @default false
   */
  readonly securityHub?: boolean;

  /**
   * GuardDuty with protection of S3.
   *
   * An account has it once: the deployment fails where it is on already, as in most organizations.
   *
   * @default false
   */
  readonly guardDuty?: boolean;

  /**
   * Macie, which looks for sensitive data in the account's buckets.
   *
   * An account has it once: the deployment fails where it is on already, as in most organizations.
   *
   * @default false
   */
  readonly macie?: boolean;

  /**
   * Analyzer of resources that somebody outside of the account reaches.
   *
   * An account has one of its own: the deployment fails where there is one already.
   *
   * @default false
   */
  readonly externalAccessAnalyzer?: boolean;

  /**
   * Analyzer of roles and permissions that nobody has used for 90 days.
   *
   * An account has one of its own: the deployment fails where there is one already.
   *
   * @default false
   */
  readonly unusedAccessAnalyzer?: boolean;

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
