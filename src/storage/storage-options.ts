import { Duration } from 'aws-cdk-lib';
import { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';

/** Buckets that exist already. What is not given is created. */
export interface GivenBuckets {
  /**
   * The data bucket.
   * @default - a new bucket
   */
  readonly data?: IBucket;
  /**
   * The models bucket.
   * @default - a new bucket
   */
  readonly models?: IBucket;
  /**
   * The releases bucket. Deployment targets of other apps look for it under `EnvironmentRegistry.releasesBucketName`.
   * @default - a new bucket
   */
  readonly releases?: IBucket;
  /**
   * The reports bucket.
   * @default - a new bucket
   */
  readonly reports?: IBucket;
  /**
   * The bucket of delivery pipelines' artifacts.
   * @default - a new bucket, made with the first project template
   */
  readonly artifacts?: IBucket;
  /**
   * The bucket of project templates and seed code.
   * @default - a new bucket, made with the first project template
   */
  readonly templates?: IBucket;
}

/** What may be decided about an environment's buckets. */
export interface StorageOptions {
  /**
   * Buckets that exist already.
   *
   * @default - all buckets are created
   */
  readonly given?: GivenBuckets;

  /**
   * Whether the perimeter is added to the policies of given buckets, where this app can change them. Otherwise
   * `EnvironmentStorage.requiredStatements` says what their owners must add.
   *
   * @default false
   */
  readonly changesGivenPolicies?: boolean;

  /**
   * Whether S3 tells Amazon EventBridge what happens to objects of the data bucket, so that rules can start something when
   * data arrives.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
   */
  readonly eventBridgeEnabled?: boolean;

  /**
   * Prefixes of the data bucket that workloads may write, each with a slash at the end.
   *
   * @default ['outputs/']
   */
  readonly outputPrefixes?: string[];

  /**
   * How long versions are kept that a newer one has taken the place of.
   *
   * @default Duration.days(90)
   */
  readonly noncurrentVersionExpiration?: Duration;

  /**
   * For how long no version of a released model can be deleted or overwritten, by whomever: S3 Object Lock. It cannot be turned
   * off again, and excludes DESTROY.
   *
   * @default - no lock: versions stay because policies say so
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly releasesObjectLock?: ObjectLockRetention;

  /**
   * The same for evaluation reports.
   *
   * @default - no lock: versions stay because policies say so
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly reportsObjectLock?: ObjectLockRetention;

  /**
   * How long access logs are kept.
   *
   * @default Duration.days(365)
   */
  readonly accessLogExpiration?: Duration;
}
