import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-type';

/** Options of the model endpoints of a stage. */
export interface StageEndpointsOptions {
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
  readonly minimumInstances?: number;

  /**
   * Maximum number of instances that auto scaling may reach, 1–100.
   *
   * @default - the larger of 4 and the minimum
   */
  readonly maximumInstances?: number;

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
export class StageEndpoints {
  /** Endpoints by instance type and number of instances. */
  public static sized(options: StageEndpointsOptions = {}): StageEndpoints {
    return new StageEndpoints(options);
  }

  /** Instance types that an endpoint may use, of which the first one is the default. */
  public readonly instanceTypes: string[];
  /** Minimum number of instances. */
  public readonly minimumInstances: number;
  /** Maximum number of instances. */
  public readonly maximumInstances: number;
  /** Percentage of requests and responses that is captured. */
  public readonly capturePercentage: number;

  private constructor({ instanceTypes, minimumInstances, maximumInstances, capturePercentage }: StageEndpointsOptions) {
    this.instanceTypes = instanceTypes ?? ['ml.m5.large', 'ml.m5.xlarge'];
    this.minimumInstances = minimumInstances ?? 2;
    this.maximumInstances = maximumInstances ?? Math.max(4, this.minimumInstances);
    this.capturePercentage = capturePercentage ?? 100;
    new InputCheck('StageEndpoints')
      .notEmpty('instanceTypes', this.instanceTypes)
      .unique('instanceTypes', this.instanceTypes)
      .that('instanceTypes', this.instanceTypes, (types) => types.every(isInstanceType), 'be types such as ml.m5.large')
      .integerBetween('minimumInstances', this.minimumInstances, 1, 100)
      .integerBetween('maximumInstances', this.maximumInstances, 1, 100)
      .that('maximumInstances', this.maximumInstances, (most) => most >= this.minimumInstances, `be at least minimumInstances, ${this.minimumInstances}`)
      .integerBetween('capturePercentage', this.capturePercentage, 0, 100)
      .throwIfInvalid();
  }
}
