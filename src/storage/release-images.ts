import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { DataPerimeter } from '../perimeter';
import { acknowledge } from '../private/acknowledgements';
import { immutableRepository } from '../private/immutable-repository';
import { RELEASE_IMAGES } from './private/acknowledgements';

/** Properties of the repository of released container images. */
export interface ReleaseImagesProps {
  /** The names of the environment, from which the repository is named. */
  readonly names: EnvironmentNames;

  /** The data perimeter, which writes the repository policy. */
  readonly perimeter: DataPerimeter;

  /** KMS key that encrypts the images. */
  readonly encryptionKey: IKey;

  /**
   * Repository that exists already, with the name that the environment gives to it.
   *
   * @default - a new repository
   */
  readonly existingRepository?: IRepository;

  /**
   * Removal policy of the repository.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * An Amazon ECR repository of the container images of approved model versions.
 *
 * Images are copied by digest. The model roles of deployment stages pull from this repository of the environment alone. Images
 * that AWS publishes need no copy.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export class ReleaseImages extends Construct {
  /** The repository. */
  public readonly repository: IRepository;

  constructor(scope: Construct, id: string, props: ReleaseImagesProps) {
    super(scope, id);
    acknowledge(this, RELEASE_IMAGES);
    const { names, encryptionKey, removalPolicy } = props;
    if (props.existingRepository) {
      this.repository = props.existingRepository;
      Annotations.of(this).addInfo('The policy of the given repository of releases stays as it is: requiredRepositoryStatements() of the perimeter says what its owner must add.');
      return;
    }
    const repository = immutableRepository(this, 'Resource', { repositoryName: names.releasesRepositoryName, encryptionKey, removalPolicy });
    props.perimeter.applyToReleaseImages(repository);
    this.repository = repository;
  }
}
