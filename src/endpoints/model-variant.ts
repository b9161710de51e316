import { Duration, Size } from 'aws-cdk-lib';
import { ModelContainer } from './model-container';

/**
 * Routing of requests to instances.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantRoutingConfig.html
 */
export enum RequestRouting {
  /** The instance with the fewest outstanding requests, for responses that take long or differ in time. */
  LEAST_OUTSTANDING_REQUESTS = 'LEAST_OUTSTANDING_REQUESTS',
  /** A random instance. */
  RANDOM = 'RANDOM',
}

/** Auto scaling of a variant by invocations per instance. */
export interface VariantScaling {
  /**
   * Minimum number of instances, 1–1,000.
   *
   * @default - the initial number of instances
   */
  readonly minInstanceCount?: number;

  /** Maximum number of instances, at least the minimum number. */
  readonly maxInstanceCount: number;

  /**
   * Target of requests per minute and instance, more than 0.
   *
   * @default 1000
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-scaling-loadtest.html
   */
  readonly invocationsPerInstance?: number;

  /**
   * Time after a scale-in activity before another can begin, up to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly scaleInCooldown?: Duration;

  /**
   * Time after a scale-out activity before another can begin, up to 1 hour.
   *
   * @default Duration.minutes(1)
   */
  readonly scaleOutCooldown?: Duration;
}

/** A variant of an endpoint: a model on instances of one type, which gets a share of the requests. */
export interface ModelVariant {
  /**
   * Name of the variant, which must stay the same from one update to the next, or traffic cannot be shifted.
   *
   * @default - 'AllTraffic' for a single variant; several variants need names
   */
  readonly variantName?: string;

  /** The containers: one, or 2–15 of an inference pipeline, of which each passes its response to the next. */
  readonly containers: ModelContainer[];

  /**
   * Instance type, such as `ml.m5.large`.
   *
   * It may be a CloudFormation parameter, which needs `possibleInstanceTypes`.
   */
  readonly instanceType: string;

  /**
   * Values of an instance type that is not known at synthesis.
   *
   * SageMaker accepts no volume key for instance types with local storage, so that the template has to know.
   *
   * @default - the instance type is known at synthesis
   */
  readonly possibleInstanceTypes?: string[];

  /**
   * Initial number of instances, 1–1,000.
   *
   * Two or more survive the loss of an Availability Zone.
   *
   * @default 2
   */
  readonly instanceCount?: number;

  /**
   * Share of the requests that this variant gets, relative to the weights of the other variants, at least 0.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * Auto scaling of the number of instances.
   *
   * @default - no auto scaling, the number of instances stays at `instanceCount`
   */
  readonly scaling?: VariantScaling;

  /**
   * Routing of requests to instances.
   *
   * @default RequestRouting.RANDOM
   */
  readonly requestRouting?: RequestRouting;

  /**
   * Size of the storage volume of each instance in whole GiB, 1–512, only for instance types without local storage.
   *
   * @default - not set, and SageMaker chooses a size for the instance type
   */
  readonly volumeSize?: Size;

  /**
   * Time-out of the download of the model artifact, 60 seconds to 1 hour.
   *
   * @default - not set, and SageMaker applies a time-out of its own
   */
  readonly modelDataDownloadTimeout?: Duration;

  /**
   * Time-out of the first health check of the containers, 60 seconds to 1 hour.
   *
   * @default - not set, and SageMaker applies a time-out of its own
   */
  readonly startupHealthCheckTimeout?: Duration;
}
