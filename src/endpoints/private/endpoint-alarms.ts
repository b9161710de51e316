import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENDPOINT_ALARMS } from './acknowledgements';
import { acknowledge } from '../../private/acknowledgements';
import { InputCheck } from '../../private/input-check';
import { EndpointAlarmOptions } from '../endpoint-alarm-options';
import { VariantMetrics } from '../variant-metrics';

/** Properties of the alarms of an endpoint. */
export interface EndpointAlarmsProps extends EndpointAlarmOptions {
  /** Name of the endpoint, a string so that alarm and endpoint do not depend on one another. */
  readonly endpointName: string;

  /** Names of the variants of the endpoint. */
  readonly variantNames: string[];
}

/** As many alarms as SageMaker watches during an update. */
const MOST_ROLLBACK_ALARMS = 10;

/**
 * Alarms that watch an endpoint.
 *
 * Alarms of errors and latency roll an update back, with more than five variants those of errors alone. The others, of
 * utilization, only notify.
 */
export class EndpointAlarms extends Construct {
  /** Alarms that roll an update back. */
  public readonly rollback: Alarm[];
  /** Alarms that only notify. */
  public readonly notificationAlarms: Alarm[];

  constructor(scope: Construct, id: string, props: EndpointAlarmsProps) {
    super(scope, id);
    acknowledge(this, ENDPOINT_ALARMS);
    const { errorPercentage = 1, clientErrorPercentage = 10, p99Latency = Duration.seconds(5), utilizationPercentage = 90 } = props;
    const check = new InputCheck(this)
      .that('alarms.errorPercentage', errorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
      .that('alarms.clientErrorPercentage', clientErrorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
      .that('alarms.utilizationPercentage', utilizationPercentage, (percent) => percent >= 1 && percent <= 100, 'be between 1 and 100')
      .latency('alarms.p99Latency', p99Latency);
    if (p99Latency.isUnresolved()) check.report('alarms.p99Latency', 'a token', 'be known at synth', 'CloudWatch counts microseconds, and CloudFormation does not multiply');
    check.throwIfInvalid();

    const of = props.variantNames.map((variant) => ({ variant, metrics: new VariantMetrics(props.endpointName, variant) }));
    const failing = of.map(({ variant, metrics }) =>
      this.alarm(`${variant}Errors`, `More than ${errorPercentage} % of requests to ${variant} fail`, failed(metrics, metrics.invocation5XXErrors()), errorPercentage));
    const slow = of.map(({ variant, metrics }) => // SageMaker measures in microseconds
      this.alarm(`${variant}Latency`, `Answers of ${variant} take too long`, metrics.modelLatency({ statistic: 'p99' }), p99Latency.toMilliseconds() * 1000));
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
    this.notificationAlarms = [...(room ? [] : slow), ...refused, ...load];
    if (props.notificationTopic) this.tell(props.notificationTopic);
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
    for (const alarm of [...this.rollback, ...this.notificationAlarms]) {
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
