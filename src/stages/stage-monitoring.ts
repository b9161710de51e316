import { ITopic } from 'aws-cdk-lib/aws-sns';
import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-type';

/** Options of the model monitoring of a stage. */
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

/**
 * Model monitoring of a stage, by jobs in each account that analyze the captured data of its endpoints.
 *
 * Captured data never leaves the account.
 */
export class StageMonitoring {
  /** Scheduled monitoring jobs, which projects for monitoring create. */
  public static jobs(options: StageMonitoringOptions = {}): StageMonitoring {
    return new StageMonitoring(options);
  }

  /** Instance type of the monitoring jobs. */
  public readonly instanceType: string;
  /** SNS topic that is notified of alarms. */
  public readonly notificationTopic?: ITopic;

  private constructor({ instanceType, notificationTopic }: StageMonitoringOptions) {
    this.instanceType = instanceType ?? 'ml.m5.large';
    this.notificationTopic = notificationTopic;
    new InputCheck('StageMonitoring')
      .that('instanceType', this.instanceType, isInstanceType, 'be a type such as ml.m5.large')
      .throwIfInvalid();
  }
}
