import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What CloudWatch knows of a variant of an endpoint.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export class VariantMetrics {
  constructor(private readonly endpointName: string, private readonly variantName: string) {}

  /** Requests. */
  public invocations(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocations', Stats.SUM, options);
  }

  /** Requests that failed by the model or by SageMaker. */
  public invocation5XXErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation5XXErrors', Stats.SUM, options);
  }

  /** Requests that were not as the model expects them. */
  public invocation4XXErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation4XXErrors', Stats.SUM, options);
  }

  /** Time that the model takes to answer, in microseconds. */
  public modelLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'ModelLatency', 'p95', options);
  }

  /** Time that SageMaker adds to the model's, in microseconds. */
  public overheadLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'OverheadLatency', 'p95', options);
  }

  /** Requests per minute for each instance. */
  public invocationsPerInstance(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'InvocationsPerInstance', Stats.SUM, options);
  }

  /** Use of the processors, in percent of one; several processors add up. */
  public cpuUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'CPUUtilizationNormalized', Stats.AVERAGE, options);
  }

  /** Use of memory, in percent. */
  public memoryUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'MemoryUtilization', Stats.AVERAGE, options);
  }

  /** Use of the disk, in percent. */
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
