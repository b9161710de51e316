import { MODEL_QUALITY, Evidence } from './evidence';
import { S3 } from '../aws/s3';

/** Metrics are small; nothing larger is read into memory. */
const LARGEST = 1024 * 1024;
const NAMED = 10;

/** Numbers by what they measure. */
export type Metrics = Record<string, number>;

/** The metrics that an evaluation left, read from the copy. */
export async function metricsOf(s3: S3, { files }: Evidence): Promise<Metrics> {
  const file = files[MODEL_QUALITY];
  if (file === undefined || file.size > LARGEST) return {};
  const text = await s3.read(file);
  try {
    return numbersIn(JSON.parse(text) as unknown);
  } catch {
    return {};
  }
}

/** In one line, for whoever approves. Names come from a job: nothing of them may mean anything to a shell or a pipeline. */
export function summaryOf(metrics: Metrics): string {
  const named = Object.entries(metrics).slice(0, NAMED).map(([name, value]) => `${name.replace(/[^\w .-]/g, '').slice(0, 60)} ${Number(value.toPrecision(4))}`);
  return named.join(', ') || 'no metrics';
}

/**
 * `{ regression_metrics: { mse: { value: 4.9, standard_deviation: 0.1 } } }`, as SageMaker's own evaluations write it; also
 * without the group, or with plain numbers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
function numbersIn(given: unknown, depth = 0): Metrics {
  if (typeof given !== 'object' || given === null || depth > 1) return {};
  const found: Metrics = {};
  for (const [name, value] of Object.entries(given)) {
    const number = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
    if (typeof number === 'number' && Number.isFinite(number)) found[name] = number;
    else Object.assign(found, numbersIn(value, depth + 1));
  }
  return found;
}
