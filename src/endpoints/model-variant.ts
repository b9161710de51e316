import { Duration } from 'aws-cdk-lib';
import { ModelContainer } from './model-container';

/**
 * How a request finds an instance.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantRoutingConfig.html
 */
export enum RequestRouting {
  /** The instance on which the fewest requests wait: for answers that take long, or differently long. */
  LEAST_OUTSTANDING_REQUESTS = 'LEAST_OUTSTANDING_REQUESTS',
  /** Any instance. */
  RANDOM = 'RANDOM',
}

/** How the number of instances of a variant follows its load. */
export interface VariantScaling {
  /**
   * The fewest instances: at least 1.
   *
   * @default - the initial number of instances
   */
  readonly minimumInstances?: number;

  /** The most instances. */
  readonly maximumInstances: number;

  /**
   * Requests per minute that one instance should get.
   *
   * @default 1000
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-scaling-loadtest.html
   */
  readonly invocationsPerInstance?: number;

  /**
   * Time after which instances may be taken away again: up to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly scaleInCooldown?: Duration;

  /**
   * Time after which further instances may be added: up to 1 hour.
   *
   * @default Duration.minutes(1)
   */
  readonly scaleOutCooldown?: Duration;
}

/** A model on instances of a type, which gets a part of an endpoint's requests. */
export interface ModelVariant {
  /**
   * Name of the variant. It must stay the same from one update to the next, or traffic cannot be shifted.
   *
   * @default 'AllTraffic' for a single variant; more than one need names
   */
  readonly variantName?: string;

  /** The containers: one, or 2–15 that each pass their answer on to the next. */
  readonly containers: ModelContainer[];

  /** The type of the instances, such as `ml.m5.large`. May be a CloudFormation parameter; then say `possibleInstanceTypes`. */
  readonly instanceType: string;

  /**
   * What an instance type that is not known at synth may be. SageMaker refuses a volume key for types with local storage,
   * so that the template has to know.
   *
   * @default - the instance type is known at synth
   */
  readonly possibleInstanceTypes?: string[];

  /**
   * The number of instances to begin with: at least 1. Two or more survive the loss of a zone.
   *
   * @default 2
   */
  readonly instanceCount?: number;

  /**
   * The part of the requests that this variant gets, relative to those of the others.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * How the number of instances follows the load.
   *
   * @default - it stays
   */
  readonly scaling?: VariantScaling;

  /**
   * How a request finds an instance.
   *
   * @default - SageMaker's default, at random
   */
  readonly requestRouting?: RequestRouting;

  /**
   * Size of the storage volume of each instance in GiB: 1–512. Not for types with local storage.
   *
   * @default - SageMaker's default for the instance type
   */
  readonly volumeSize?: number;

  /**
   * Time in which the artifact must be loaded: 60 seconds to 1 hour.
   *
   * @default - SageMaker's default
   */
  readonly modelDataDownloadTimeout?: Duration;

  /**
   * Time in which containers must be healthy: 60 seconds to 1 hour.
   *
   * @default - SageMaker's default
   */
  readonly startupHealthCheckTimeout?: Duration;
}
