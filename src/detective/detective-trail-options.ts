import { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';

/** Settings of the CloudTrail trail of `DetectiveControls`. */
export interface DetectiveTrailOptions {
  /**
   * Log group to which a trail of yours delivers already, such as that of your organization.
   *
   * No trail is created, so that management events are not paid for twice. Alarms about objects and private endpoints need a trail that
   * records data events of the buckets and network activity events.
   *
   * @default - a new trail with a new log group
   */
  readonly existingLogGroup?: ILogGroup;

  /**
   * Bucket that exists already, to which the new trail delivers its log files.
   *
   * The policy of a bucket of another stack or account must let CloudTrail write.
   *
   * @default - a new bucket
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
   */
  readonly bucket?: IBucket;

  /**
   * Period in which nobody deletes a log file in the new bucket.
   *
   * S3 Object Lock cannot be taken off a bucket again.
   *
   * @default - no object lock
   */
  readonly objectLock?: ObjectLockRetention;

  /**
   * Data events of SageMaker: calls of endpoints, feature groups, experiments and tracking servers.
   *
   * Each is paid for, in the trail and in its log group: an endpoint that is called 100 times a second has 260 million a month.
   *
   * @default true
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
   */
  readonly sagemakerDataEvents?: boolean;

  /**
   * Retention of the new log group, from which alarms and queries read.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;
}
