import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * CloudWatch metrics of a variant of an endpoint.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export class VariantMetrics {
  constructor(private readonly endpointName: string, private readonly variantName: string) {}

  /** Metric for the number of requests. */
  public invocations(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocations', Stats.SUM, options);
  }

  /** Metric for the number of requests that failed with an error of the model or of SageMaker. */
  public invocation5XXErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation5XXErrors', Stats.SUM, options);
  }

  /** Metric for the number of requests that failed because the model does not accept them. */
  public invocation4XXErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation4XXErrors', Stats.SUM, options);
  }

  /** Metric for the time that the model takes to respond, in microseconds. */
  public modelLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'ModelLatency', 'p95', options);
  }

  /** Metric for the time that SageMaker adds to that of the model, in microseconds. */
  public overheadLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'OverheadLatency', 'p95', options);
  }

  /** Metric for the number of requests per minute and instance. */
  public invocationsPerInstance(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'InvocationsPerInstance', Stats.SUM, options);
  }

  /** Metric for CPU utilization in percent of one core, so that several cores add up. */
  public cpuUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'CPUUtilizationNormalized', Stats.AVERAGE, options);
  }

  /** Metric for memory utilization in percent. */
  public memoryUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'MemoryUtilization', Stats.AVERAGE, options);
  }

  /** Metric for disk utilization in percent. */
  public diskUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'DiskUtilization', Stats.AVERAGE, options);
  }

  private metric(namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace,
      metricName,
      dimensionsMap: { EndpointName: this.endpointName, VariantName: this.variantName },
      statistic,
      period: Duration.minutes(1),
      ...options,
    });
  }
}
