import { ITopic } from 'aws-cdk-lib/aws-sns';

/**
 * Model monitoring of a stage, by jobs in each account that analyze the captured data of its endpoints.
 *
 * Captured data never leaves the account.
 */
export interface StageMonitoringOptions {
  /**
   * Instance type of the monitoring jobs.
   *
   * @default 'ml.m5.large'
   */
  readonly instanceType?: string;

  /**
   * SNS topic in the environment's account that is notified when an alarm of a monitor of this stage begins and ends.
   *
   * @default - no notification, and the alarms are in the accounts of the stage
   */
  readonly notificationTopic?: ITopic;
}
