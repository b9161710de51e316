import { Duration } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IdleOptions } from './idle-options';
import { PriceTable } from './prices/price-table';
import { SpendingLimit } from './spending-limit';
import { IDataScienceEnvironment } from '../stages';

/** Properties of spending controls. */
export interface SpendingControlsProps {
  /**
   * The environment whose spending is metered and limited, which is one of this app: of another app's only the names are known.
   */
  readonly environment: IDataScienceEnvironment;

  /**
   * Topic that is notified of shares of limits, of monthly reports, and of a meter that is silent.
   *
   * The policies of an imported topic and of its key must let CloudWatch and EventBridge publish.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  readonly topic: ITopic;

  /** The most that the environment may spend. */
  readonly limit: SpendingLimit;

  /**
   * The most that a person may spend, whose user profile started the work.
   *
   * @default - no limit
   */
  readonly personLimit?: SpendingLimit;

  /**
   * Limits of single persons, by the names of their user profiles, in the place of `personLimit`.
   *
   * @default - `personLimit` for everybody
   */
  readonly personLimits?: { [userName: string]: SpendingLimit };

  /**
   * The most that a project may spend, whose tag `sagemaker:project-name` the work bears.
   *
   * @default - no limit
   */
  readonly projectLimit?: SpendingLimit;

  /**
   * Limits of single projects, by their names, in the place of `projectLimit`.
   *
   * @default - `projectLimit` for every project
   */
  readonly projectLimits?: { [projectName: string]: SpendingLimit };

  /**
   * Percentages of limits, 1–99, at which the topic is notified besides at the limit itself.
   *
   * @default [50, 80]
   */
  readonly notificationPercentages?: number[];

  /**
   * Denial of new work at a limit, until its month or day ends.
   *
   * What runs goes on, and everything but starting work stays allowed.
   *
   * @default true
   */
  readonly denyNewWork?: boolean;

  /**
   * Stopping of jobs at a limit, which lose what they have not yet written.
   *
   * @default false
   */
  readonly stopJobs?: boolean;

  /**
   * Stopping of Studio applications and notebook instances at a limit.
   *
   * What is in the memory of a kernel is lost, and volumes and files stay.
   *
   * @default false
   */
  readonly stopApplications?: boolean;

  /**
   * Time between two meterings, 1–15 whole minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;

  /**
   * Prices by which spending is counted.
   *
   * What has no price in the table is counted in hours, and told.
   *
   * @default PriceTable.PUBLISHED
   */
  readonly prices?: PriceTable;

  /**
   * Daily findings of what nobody uses in the account and region: endpoints, applications, spaces, notebook instances and MLflow tracking
   * servers.
   *
   * Quotas of instances that are nearly used up are told with them.
   *
   * @default true
   */
  readonly idleFindings?: boolean;

  /**
   * Options of these findings.
   *
   * @default - what was not used for 7 days is reported
   */
  readonly idleOptions?: IdleOptions;

  /**
   * AWS budget of the limit of a month.
   *
   * It is for what the account is billed for SageMaker in the region, and half a day late.
   *
   * @default - true if `limit` is of a month
   */
  readonly monthlyBudget?: boolean;

  /**
   * Impact in US dollars, more than 0, from which AWS Cost Anomaly Detection notifies the topic of an anomaly.
   *
   * @default - anomalies are not told
   */
  readonly anomaliesFromUsd?: number;

  /**
   * ARN of the account's cost anomaly monitor of services, of which AWS takes one in an account.
   *
   * @default - a new one, if `anomaliesFromUsd` is given
   */
  readonly existingAnomalyMonitorArn?: string;

  /**
   * KMS key that encrypts ledgers, reports, logs and undelivered notifications.
   *
   * @default - a new key
   */
  readonly encryptionKey?: IKey;
}
