import { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** Options of a metric of a model endpoint. */
export interface EndpointMetricOptions extends MetricOptions {
  /**
   * Name of the variant that is measured.
   *
   * @default - the first variant of the endpoint
   */
  readonly variantName?: string;
}
