import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { keepWithoutFlag, removalOf } from '../private/removal';

/** Properties of the repositories of images that projects build. */
export interface BuiltImagesProps {
  readonly names: EnvironmentNames;
  readonly encryptionKey: IKey;
  /** @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The images that projects of an environment build, and those of them that were released: what is in the second has passed its
 * scan. Without policies of their own they are this account's, whose roles say who pushes and who pulls.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
 */
export class BuiltImages extends Construct {
  public readonly repository: Repository;
  public readonly released: Repository;

  constructor(scope: Construct, id: string, props: BuiltImagesProps) {
    super(scope, id);
    this.repository = this.repositoryOf('Resource', props.names.imagesRepositoryName, props);
    this.released = this.repositoryOf('Released', props.names.releasedImagesRepositoryName, props);
  }

  private repositoryOf(id: string, repositoryName: string, { encryptionKey, removalPolicy: given }: BuiltImagesProps): Repository {
    const removalPolicy = removalOf(this, given);
    const repository = new Repository(this, id, {
      repositoryName,
      encryption: RepositoryEncryption.KMS,
      encryptionKey,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE, // what was scanned stays what it was
      removalPolicy,
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
    keepWithoutFlag(repository);
    return repository;
  }
}
