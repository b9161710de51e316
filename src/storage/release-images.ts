import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataPerimeter } from '../perimeter';
import { acknowledge } from '../private/acknowledgements';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { EnvironmentRegistry } from '../registry';
import { RELEASE_IMAGES } from './private/acknowledgements';

/** Properties of the repository of released images. */
export interface ReleaseImagesProps {
  /** Names the repository. */
  readonly registry: EnvironmentRegistry;

  /** Writes the policy. */
  readonly perimeter: DataPerimeter;

  /** Key of the images. */
  readonly encryptionKey: IKey;

  /**
   * What becomes of the images when the repository leaves the stack. DESTROY takes the context flag
   * `@cdk-secure-mlops/destroy-data` as well.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Container images of approved model versions, copied by digest: the only ones of the environment that the model roles of
 * deployment stages pull. AWS's own images need no copy.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export class ReleaseImages extends Construct {
  /** The repository. */
  public readonly repository: Repository;

  constructor(scope: Construct, id: string, props: ReleaseImagesProps) {
    super(scope, id);
    acknowledge(this, RELEASE_IMAGES);
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.repository = new Repository(this, 'Resource', {
      repositoryName: props.registry.releasesRepositoryName,
      encryption: RepositoryEncryption.KMS,
      encryptionKey: props.encryptionKey,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE, // what was approved stays what it was
      removalPolicy,
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
    keepWithoutFlag(this.repository);
    props.perimeter.applyToReleaseImages(this.repository);
  }
}
