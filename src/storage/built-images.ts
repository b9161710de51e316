import { RemovalPolicy } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { ExistingRepositories } from './storage-options';
import { immutableRepository } from '../private/immutable-repository';

/** Properties of the repositories of images that projects build. */
export interface BuiltImagesProps {
  readonly names: EnvironmentNames;
  readonly encryptionKey: IKey;
  /** @default - all are created */
  readonly existing?: ExistingRepositories;
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
  public readonly repository: IRepository;
  public readonly released: IRepository;

  constructor(scope: Construct, id: string, { names, encryptionKey, existing = {}, removalPolicy }: BuiltImagesProps) {
    super(scope, id);
    this.repository = existing.imagesRepository ?? immutableRepository(this, 'Resource', { repositoryName: names.imagesRepositoryName, encryptionKey, removalPolicy });
    this.released = existing.releasedImagesRepository ?? immutableRepository(this, 'Released', { repositoryName: names.releasedImagesRepositoryName, encryptionKey, removalPolicy });
  }
}
