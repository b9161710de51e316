import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-type';

/**
 * Instance types, capacity and data capture of the model endpoints of a stage.
 *
 * The environment sets them, so that a repository can only choose within them.
 */
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

/** The capacity with its defaults. */
export function capacityOf(check: InputCheck, given: EndpointCapacityOptions = {}): Required<EndpointCapacityOptions> {
  const { instanceTypes = ['ml.m5.large', 'ml.m5.xlarge'], minInstanceCount = 2, maxInstanceCount = Math.max(4, minInstanceCount), capturePercentage = 100 } = given;
  check.notEmpty('endpointCapacity.instanceTypes', instanceTypes)
    .unique('endpointCapacity.instanceTypes', instanceTypes)
    .that('endpointCapacity.instanceTypes', instanceTypes, (types) => types.every(isInstanceType), 'be types such as ml.m5.large')
    .integerBetween('endpointCapacity.minInstanceCount', minInstanceCount, 1, 100)
    .integerBetween('endpointCapacity.maxInstanceCount', maxInstanceCount, 1, 100)
    .that('endpointCapacity.maxInstanceCount', maxInstanceCount, (most) => most >= minInstanceCount, `be at least minInstanceCount, ${minInstanceCount}`)
    .integerBetween('endpointCapacity.capturePercentage', capturePercentage, 0, 100);
  return { instanceTypes, minInstanceCount, maxInstanceCount, capturePercentage };
}
