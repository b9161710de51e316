import { limitOf } from './finding';
import { settings } from './settings';
import { Client } from '../aws/client';
import { ownCredentials } from '../aws/credentials';
import { pagesOf } from '../aws/pages';

/** A metric of SageMaker's, of one variant or component. */
export interface Counter {
  readonly metric: 'Invocations' | 'InvocationsProcessed';
  readonly dimensions: Record<string, string>;
}

interface Page {
  readonly MetricDataResults?: { readonly Values?: number[]; readonly StatusCode?: string }[];
  readonly NextToken?: string;
}

/** CloudWatch takes at most so many queries at once. */
const QUERIES = 500;
const DAY = 86_400;

/**
 * How often an endpoint was called since it may be idle; undefined where CloudWatch does not say all of it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export async function invocations(counters: readonly Counter[], now: Date): Promise<number | undefined> {
  const client = new Client({ name: 'monitoring', region: settings().region }, ownCredentials());
  let sum = 0;
  for (let from = 0; from < counters.length; from += QUERIES) {
    const MetricDataQueries = counters.slice(from, from + QUERIES).map(({ metric, dimensions }, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { Namespace: 'AWS/SageMaker', MetricName: metric, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) },
        Period: DAY,
        Stat: 'Sum',
      },
    }));
    const ask = (NextToken?: string) => client.json<Page>('GraniteServiceVersion20100801.GetMetricData', {
      MetricDataQueries, StartTime: Math.floor(limitOf(now).getTime() / 1000), EndTime: Math.floor(now.getTime() / 1000), NextToken,
    });
    for await (const { MetricDataResults = [], NextToken } of pagesOf('GetMetricData', ask)) {
      const complete = NextToken === undefined ? ['Complete'] : ['Complete', 'PartialData']; // the rest is on the next page
      if (MetricDataResults.some(({ StatusCode = 'Complete' }) => !complete.includes(StatusCode))) return undefined;
      sum += MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((all, one) => all + one, 0);
    }
  }
  return sum;
}
