import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-type';

/** Options of the model endpoints of a stage. */
export interface EndpointCapacityOptions {
  /**
   * Instance types that an endpoint may use, of which the first one is the default.
   *
   * @default ['ml.m5.large', 'ml.m5.xlarge']
   */
  readonly instanceTypes?: string[];

  /**
   * Minimum number of instances, 1–100.
   *
   * Two or more survive the loss of an Availability Zone.
   *
   * @default 2
   */
  readonly minInstanceCount?: number;

  /**
   * Maximum number of instances that auto scaling may reach, 1–100.
   *
   * @default - the larger of 4 and the minimum
   */
  readonly maxInstanceCount?: number;

  /**
   * Percentage of requests and responses that is captured, 0–100.
   *
   * @default 100
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
   */
  readonly capturePercentage?: number;
}

/**
 * Instance types, capacity and data capture of the model endpoints of a stage.
 *
 * The environment sets them, so that a repository can only choose within them.
 */
export class EndpointCapacity {
  /** Endpoints by instance type and number of instances. */
  public static instances(options: EndpointCapacityOptions = {}): EndpointCapacity {
    return new EndpointCapacity(options);
  }

  /** Instance types that an endpoint may use, of which the first one is the default. */
  public readonly instanceTypes: string[];
  /** Minimum number of instances. */
  public readonly minInstanceCount: number;
  /** Maximum number of instances. */
  public readonly maxInstanceCount: number;
  /** Percentage of requests and responses that is captured. */
  public readonly capturePercentage: number;

  private constructor({ instanceTypes, minInstanceCount, maxInstanceCount, capturePercentage }: EndpointCapacityOptions) {
    this.instanceTypes = instanceTypes ?? ['ml.m5.large', 'ml.m5.xlarge'];
    this.minInstanceCount = minInstanceCount ?? 2;
    this.maxInstanceCount = maxInstanceCount ?? Math.max(4, this.minInstanceCount);
    this.capturePercentage = capturePercentage ?? 100;
    new InputCheck('EndpointCapacity')
      .notEmpty('instanceTypes', this.instanceTypes)
      .unique('instanceTypes', this.instanceTypes)
      .that('instanceTypes', this.instanceTypes, (types) => types.every(isInstanceType), 'be types such as ml.m5.large')
      .integerBetween('minInstanceCount', this.minInstanceCount, 1, 100)
      .integerBetween('maxInstanceCount', this.maxInstanceCount, 1, 100)
      .that('maxInstanceCount', this.maxInstanceCount, (most) => most >= this.minInstanceCount, `be at least minInstanceCount, ${this.minInstanceCount}`)
      .integerBetween('capturePercentage', this.capturePercentage, 0, 100)
      .throwIfInvalid();
  }
}
