import { Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { VariantMetrics } from '../variant-metrics';

/** A dashboard of an endpoint's requests, errors, latency and load, called like the endpoint and its region: dashboards have none. */
export function endpointDashboard(scope: Construct, endpointName: string, variantNames: string[]): Dashboard {
  const of = variantNames.map((name) => ({ name, metrics: new VariantMetrics(endpointName, name) }));
  const graph = (title: string, pick: (metrics: VariantMetrics) => Record<string, Metric>) => new GraphWidget({
    title,
    width: 12,
    left: of.flatMap(({ name, metrics }) => Object.entries(pick(metrics)).map(([label, metric]) => metric.with({ label: `${name} ${label}` }))),
  });
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: `${endpointName}-${Stack.of(scope).region}`,
    widgets: [
      [
        graph('Requests', (metrics) => ({ 'requests': metrics.invocations(), 'per instance': metrics.invocationsPerInstance() })),
        graph('Errors', (metrics) => ({ 'of the model': metrics.invocation5XXErrors(), 'of the caller': metrics.invocation4XXErrors() })),
      ],
      [
        graph('Latency (microseconds)', (metrics) => ({ 'model p95': metrics.modelLatency(), 'SageMaker p95': metrics.overheadLatency() })),
        graph('Load (percent)', (metrics) => ({ processor: metrics.cpuUtilization(), memory: metrics.memoryUtilization(), disk: metrics.diskUtilization() })),
      ],
    ],
  });
}
