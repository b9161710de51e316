import { Duration } from 'aws-cdk-lib';
import { ITopic } from 'aws-cdk-lib/aws-sns';

/** Settings of the alarms of an endpoint. */
export interface EndpointAlarmOptions {
  /**
   * Maximum percentage of requests that may fail with an error of the model or of SageMaker (5xx), 0–100.
   *
   * @default 1
   */
  readonly errorPercentage?: number;

  /**
   * Maximum percentage of requests that may fail because the model does not accept them (4xx), 0–100.
   *
   * The alarm only notifies: errors of clients roll no update back.
   *
   * @default 10
   */
  readonly clientErrorPercentage?: number;

  /**
   * Maximum latency of 99 percent of the model's responses (p99), up to 60 seconds, SageMaker's own limit.
   *
   * @default Duration.seconds(5)
   */
  readonly p99Latency?: Duration;

  /**
   * Maximum utilization of CPU, memory or disk in percent, 1–100.
   *
   * @default 90
   */
  readonly utilizationPercentage?: number;

  /**
   * SNS topic that is notified when an alarm begins and ends.
   *
   * @default - no notification, and updates are rolled back all the same
   */
  readonly notificationTopic?: ITopic;
}
