import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { immutableRepository } from '../private/immutable-repository';

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

  constructor(scope: Construct, id: string, { names, encryptionKey, removalPolicy }: BuiltImagesProps) {
    super(scope, id);
    this.repository = immutableRepository(this, 'Resource', { repositoryName: names.imagesRepositoryName, encryptionKey, removalPolicy });
    this.released = immutableRepository(this, 'Released', { repositoryName: names.releasedImagesRepositoryName, encryptionKey, removalPolicy });
  }
}
