import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepWithoutFlag, removalOf } from './removal';

export interface ImmutableRepositoryProps {
  readonly repositoryName: string;
  readonly encryptionKey: IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** A repository in which what was scanned or approved stays what it was. */
export function immutableRepository(scope: Construct, id: string, props: ImmutableRepositoryProps): Repository {
  const removalPolicy = removalOf(scope, props.removalPolicy);
  const repository = new Repository(scope, id, {
    ...props,
    encryption: RepositoryEncryption.KMS,
    imageScanOnPush: true,
    imageTagMutability: TagMutability.IMMUTABLE,
    removalPolicy,
    emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
  });
  keepWithoutFlag(repository);
  return repository;
}
