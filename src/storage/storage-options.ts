import { Duration } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';

/** Buckets that exist already, in place of new ones. */
export interface ExistingBuckets {
  /**
   * The data bucket.
   *
   * @default - a new bucket
   */
  readonly dataBucket?: IBucket;
  /**
   * The models bucket.
   *
   * @default - a new bucket
   */
  readonly modelsBucket?: IBucket;
  /**
   * The releases bucket, which deployment targets of other apps expect under `EnvironmentNames.releasesBucketName`.
   *
   * @default - a new bucket
   */
  readonly releasesBucket?: IBucket;
  /**
   * The reports bucket.
   *
   * @default - a new bucket
   */
  readonly reportsBucket?: IBucket;
  /**
   * The bucket of CodePipeline artifacts.
   *
   * @default - a new bucket, created with the first project template
   */
  readonly artifactsBucket?: IBucket;
  /**
   * The bucket of project templates and seed code.
   *
   * @default - a new bucket, created with the first project template
   */
  readonly templatesBucket?: IBucket;
  /**
   * The artifact store of the MLflow tracking server, for an environment with `mlflow`.
   *
   * @default - a new bucket, if the environment has `mlflow`
   */
  readonly mlflowBucket?: IBucket;
  /**
   * The bucket of offline stores of feature groups, imported with its `encryptionKey`, for an environment with `featureStore`.
   *
   * @default - a new bucket, if the environment has `featureStore`
   */
  readonly offlineStore?: IBucket;
  /**
   * The bucket of S3 server access logs of the buckets that are created, in the environment's account.
   *
   * @default - a new bucket
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
   */
  readonly accessLogsBucket?: IBucket;
}

/**
 * Amazon ECR repositories that exist already, in place of new ones, such as those that a deleted environment has left.
 *
 * Each is in the environment's account and region and has the name that the environment gives to its own, with immutable tags and
 * scans on push. They stay their owner's.
 */
export interface ExistingRepositories {
  /**
   * Repository of the images that projects build, which has the name `EnvironmentNames.imagesRepositoryName`.
   *
   * @default - a new repository, created with the first project template that builds images
   */
  readonly imagesRepository?: IRepository;
  /**
   * Repository of released images of projects, which has the name `EnvironmentNames.releasedImagesRepositoryName`.
   *
   * @default - a new repository, created with the first project template that builds images
   */
  readonly releasedImagesRepository?: IRepository;
  /**
   * Repository of the images of released models, which has the name `EnvironmentNames.releasesRepositoryName`.
   *
   * Its owner adds `DataPerimeter.requiredRepositoryStatements` to its policy.
   *
   * @default - a new repository, if the environment has deployment stages
   */
  readonly releasesRepository?: IRepository;
}

/** Settings of the buckets and repositories of an environment. */
export interface StorageOptions {
  /**
   * Buckets that exist already.
   *
   * @default - all buckets are created
   */
  readonly existingBuckets?: ExistingBuckets;

  /**
   * Amazon ECR repositories that exist already.
   *
   * @default - all repositories are created
   */
  readonly existingRepositories?: ExistingRepositories;

  /**
   * Permission to add the statements of the data perimeter to the policies of existing buckets, where this app can change them.
   *
   * Otherwise `EnvironmentStorage.requiredStatements` returns the statements that their owners must add.
   *
   * @default false
   */
  readonly updateExistingBucketPolicies?: boolean;

  /**
   * Delivery of the events of the data bucket to Amazon EventBridge, so that rules can react to new data.
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
   * Time until noncurrent object versions expire, in whole days.
   *
   * @default Duration.days(90)
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
   */
  readonly noncurrentVersionExpiration?: Duration;

  /**
   * S3 Object Lock retention of model artifacts of approved model versions, which nobody can delete or overwrite for that time.
   *
   * Object Lock cannot be turned off again, and excludes `RemovalPolicy.DESTROY`.
   *
   * @default - no Object Lock, and the bucket policy keeps versions from being deleted
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly releasesObjectLock?: ObjectLockRetention;

  /**
   * S3 Object Lock retention of evaluation reports, which nobody can delete or overwrite for that time.
   *
   * Object Lock cannot be turned off again, and excludes `RemovalPolicy.DESTROY`.
   *
   * @default - no Object Lock, and the bucket policy keeps versions from being deleted
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly reportsObjectLock?: ObjectLockRetention;

  /**
   * Time until server access logs expire, in whole days.
   *
   * @default Duration.days(365)
   */
  readonly accessLogExpiration?: Duration;
}
