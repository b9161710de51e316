import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { keepWithoutFlag, removalOf } from '../private/removal';

/** Properties of the repository of images that projects build. */
export interface BuiltImagesProps {
  readonly names: EnvironmentNames;
  readonly encryptionKey: IKey;
  /** @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The images that projects of an environment build. Without a policy of its own it is this account's, whose roles say who pushes
 * and who pulls.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
 */
export class BuiltImages extends Construct {
  public readonly repository: Repository;

  constructor(scope: Construct, id: string, { names, encryptionKey, removalPolicy: given }: BuiltImagesProps) {
    super(scope, id);
    const removalPolicy = removalOf(this, given);
    this.repository = new Repository(this, 'Resource', {
      repositoryName: names.imagesRepositoryName,
      encryption: RepositoryEncryption.KMS,
      encryptionKey,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE, // what was scanned stays what it was
      removalPolicy,
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
    keepWithoutFlag(this.repository);
  }
}
