import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { TargetPerimeter } from '../perimeter/target-perimeter';
import { acknowledge } from '../private/acknowledgements';
import { immutableRepository } from '../private/immutable-repository';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { encryptedBy, LOCKED } from '../private/locked-bucket';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { DeploymentStage } from '../stages';
import { COPIES } from './private/acknowledgements';

/** Properties of the copies of released models in a deployment target. */
export interface PromotedModelsProps {
  /** The names of the environment, from which bucket and repository are named. */
  readonly names: EnvironmentNames;

  /** The stage that the target belongs to. */
  readonly stage: DeploymentStage;

  /** The data perimeter, which writes the bucket policy. */
  readonly perimeter: TargetPerimeter;

  /** KMS key that encrypts objects and images. */
  readonly encryptionKey: IKey;

  /**
   * Removal policy of the copies.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`, and requires a bucket that is empty by then.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Copies of released models in a deployment target: a bucket of model artifacts and metrics, and a repository of images. */
export class PromotedModels extends Construct {
  /** Bucket of artifacts, metrics and samples, under the same object keys as in the environment's releases bucket. */
  public readonly bucket: Bucket;
  /** Amazon ECR repository of images, with the same digests. */
  public readonly repository: Repository;
  /** KMS key that encrypts objects and images. */
  public readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: PromotedModelsProps) {
    super(scope, id);
    acknowledge(this, COPIES);
    const { names, stage: { stageName }, encryptionKey } = props;
    checkKey(new InputCheck(this), 'encryptionKey', encryptionKey).throwIfInvalid();
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.encryptionKey = encryptionKey;
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: names.targetModelsBucketName(stageName, Stack.of(this).account),
      ...LOCKED,
      ...encryptedBy(encryptionKey),
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy,
    });
    this.repository = immutableRepository(this, 'Repository', { repositoryName: names.targetRepositoryName(stageName), encryptionKey, removalPolicy });
    keepWithoutFlag(this.bucket);
    props.perimeter.applyToModelsBucket(this.bucket);
  }
}
