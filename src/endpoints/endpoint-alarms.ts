import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { VariantMetrics } from './variant-metrics';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { ENDPOINT_ALARMS } from './private/acknowledgements';

/** What may be decided about the alarms of an endpoint. */
export interface EndpointAlarmOptions {
  /**
   * How many of 100 requests may fail with an error of the model or of SageMaker: 0–100.
   *
   * @default 1
   */
  readonly errorPercentage?: number;

  /**
   * How many of 100 requests may be refused because they are not as the model expects them: 0–100. Only tells: a caller's
   * mistakes roll no update back.
   *
   * @default 10
   */
  readonly clientErrorPercentage?: number;

  /**
   * How long 99 of 100 answers of the model may take: up to 60 seconds, SageMaker's own limit.
   *
   * @default Duration.seconds(5)
   */
  readonly latencyOf99Percent?: Duration;

  /**
   * How many percent of processor, memory or disk may be used: 1–100.
   *
   * @default 90
   */
  readonly utilizationPercentage?: number;

  /**
   * Topic that is told when an alarm goes off, and when it ends.
   *
   * @default - nobody is told; updates are rolled back all the same
   */
  readonly notify?: ITopic;
}

/** Properties of the alarms of an endpoint. */
export interface EndpointAlarmsProps extends EndpointAlarmOptions {
  /** Name of the endpoint: a text, so that alarm and endpoint do not wait for one another. */
  readonly endpointName: string;

  /** Names of its variants. */
  readonly variantNames: string[];
}

/** As many alarms as SageMaker watches during an update. */
const MOST_ROLLBACK_ALARMS = 10;

/**
 * Alarms that watch an endpoint. Those about errors and latency roll an update back, with more than five variants those
 * about errors alone; the others, about load, only tell.
 */
export class EndpointAlarms extends Construct {
  /** Alarms that roll an update back. */
  public readonly rollback: Alarm[];
  /** Alarms that only tell. */
  public readonly telling: Alarm[];

  constructor(scope: Construct, id: string, props: EndpointAlarmsProps) {
    super(scope, id);
    acknowledge(this, ENDPOINT_ALARMS);
    const { errorPercentage = 1, clientErrorPercentage = 10, latencyOf99Percent = Duration.seconds(5), utilizationPercentage = 90 } = props;
    const check = new InputCheck(this)
      .that('alarms.errorPercentage', errorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
      .that('alarms.clientErrorPercentage', clientErrorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
      .that('alarms.utilizationPercentage', utilizationPercentage, (percent) => percent >= 1 && percent <= 100, 'be between 1 and 100');
    const open = latencyOf99Percent.isUnresolved();
    const longest = open ? 1 : latencyOf99Percent.toMilliseconds();
    if (open) check.report('alarms.latencyOf99Percent', 'a token', 'be known at synth', 'CloudWatch counts microseconds, and CloudFormation does not multiply');
    if (longest < 1 || longest > 60_000) {
      check.report('alarms.latencyOf99Percent', latencyOf99Percent.toHumanString(), 'be between 1 millisecond and 60 seconds', 'SageMaker waits 60 seconds for an answer');
    }
    check.throwIfInvalid();

    const of = props.variantNames.map((variant) => ({ variant, metrics: new VariantMetrics(props.endpointName, variant) }));
    const failing = of.map(({ variant, metrics }) =>
      this.alarm(`${variant}Errors`, `More than ${errorPercentage} % of requests to ${variant} fail`, failed(metrics, metrics.invocation5XXErrors()), errorPercentage));
    const slow = of.map(({ variant, metrics }) => // SageMaker measures in microseconds
      this.alarm(`${variant}Latency`, `Answers of ${variant} take too long`, metrics.modelLatency({ statistic: 'p99' }), longest * 1000));
    const room = failing.length + slow.length <= MOST_ROLLBACK_ALARMS;
    this.rollback = room ? [...failing, ...slow] : failing;
    const load = of.flatMap(({ variant, metrics }) => [
      this.alarm(`${variant}Processor`, `${variant} is short of processor`, metrics.cpuUtilization(), utilizationPercentage, 5),
      this.alarm(`${variant}Memory`, `${variant} is short of memory`, metrics.memoryUtilization(), utilizationPercentage, 5),
      this.alarm(`${variant}Disk`, `${variant} is short of disk`, metrics.diskUtilization(), utilizationPercentage, 5),
    ]);
    const refused = of.map(({ variant, metrics }) =>
      this.alarm(`${variant}Refusals`, `More than ${clientErrorPercentage} % of requests to ${variant} are refused`,
        failed(metrics, metrics.invocation4XXErrors()), clientErrorPercentage));
    this.telling = [...(room ? [] : slow), ...refused, ...load];
    if (props.notify) this.tell(props.notify);
  }

  private alarm(id: string, description: string, metric: IMetric, threshold: number, periods = 1): Alarm {
    return new Alarm(this, id, {
      alarmDescription: description,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no requests, no faults
    });
  }

  private tell(topic: ITopic): void {
    const action = new SnsAction(topic);
    for (const alarm of [...this.rollback, ...this.telling]) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}

function failed(metrics: VariantMetrics, count: IMetric): IMetric {
  return new MathExpression({
    expression: '100 * failed / MAX([asked, 1])',
    usingMetrics: { failed: count, asked: metrics.invocations() },
    label: 'failed requests in percent',
    period: Duration.minutes(1),
  });
}
