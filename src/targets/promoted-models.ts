import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TargetPerimeter } from '../perimeter';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { EnvironmentRegistry } from '../registry';
import { DeploymentStage } from '../stages';
import { COPIES } from './private/acknowledgements';

/** Properties of the copies of released models in a deployment target. */
export interface PromotedModelsProps {
  /** Names bucket and repository: whoever copies knows nothing else of the account. */
  readonly registry: EnvironmentRegistry;

  /** The stage that the target belongs to. */
  readonly stage: DeploymentStage;

  /** Writes the policy of the bucket. */
  readonly perimeter: TargetPerimeter;

  /** Key of objects and images. */
  readonly encryptionKey: IKey;

  /**
   * What becomes of the copies when they leave the stack. DESTROY takes the context flag `@cdk-secure-mlops/destroy-data` as
   * well, and a bucket that is empty by then.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Where copies of released models are in a deployment target: a bucket for artifacts and what was measured of them, a repository for images. */
export class PromotedModels extends Construct {
  /** Artifacts, metrics and samples, under the same keys as in the environment's releases bucket. */
  public readonly bucket: Bucket;
  /** Images, by the same digests. */
  public readonly repository: Repository;
  /** Key of objects and images. */
  public readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: PromotedModelsProps) {
    super(scope, id);
    acknowledge(this, COPIES);
    const { registry, stage: { stageName }, encryptionKey } = props;
    checkKey(new InputCheck(this), 'encryptionKey', encryptionKey).done();
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.encryptionKey = encryptionKey;
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: registry.targetModelsBucketName(stageName, Stack.of(this).account),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy,
    });
    this.repository = new Repository(this, 'Repository', {
      repositoryName: registry.targetRepositoryName(stageName),
      encryption: RepositoryEncryption.KMS,
      encryptionKey,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE, // what was approved stays what it was
      removalPolicy,
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
    keepWithoutFlag(this.bucket, this.repository);
    props.perimeter.applyToModelsBucket(this.bucket);
  }
}
