import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-families';

/** Options of what endpoints of a stage run on. */
export interface StageEndpointsOptions {
  /**
   * Instance types that an endpoint may use; the first one is taken where nothing else is said.
   *
   * @default ['ml.m5.large', 'ml.m5.xlarge']
   */
  readonly instanceTypes?: string[];

  /**
   * The fewest instances: 1–100. Two or more survive the loss of a zone.
   *
   * @default 2
   */
  readonly minimumInstances?: number;

  /**
   * The most instances that auto scaling adds up to: 1–100.
   *
   * @default 4
   */
  readonly maximumInstances?: number;

  /**
   * How much of the requests and answers is captured, in percent: 0–100.
   *
   * @default 100
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
   */
  readonly capturePercentage?: number;
}

/** What endpoints of a stage run on: fixed by the environment, so that a repository can only choose within it. */
export class StageEndpoints {
  /** Instances by type and number. */
  public static sized(options: StageEndpointsOptions = {}): StageEndpoints {
    return new StageEndpoints(options);
  }

  /** Instance types that an endpoint may use, the usual one first. */
  public readonly instanceTypes: string[];
  /** The fewest instances. */
  public readonly minimumInstances: number;
  /** The most instances. */
  public readonly maximumInstances: number;
  /** How much of the requests and answers is captured, in percent. */
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
      .done();
  }
}
