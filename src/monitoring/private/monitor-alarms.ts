import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledgements';
import { MonitoringCheck } from '../monitoring-check';
import { MONITOR_ALARMS } from './acknowledgements';

/** What alarms of a check are about. */
export interface MonitorAlarmsProps {
  readonly check: MonitoringCheck;
  readonly endpointName: string;
  readonly namespace: string;
}

/** Two alarms of a check: it found something, or it has not looked. */
export class MonitorAlarms extends Construct {
  public readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, { check, endpointName, namespace }: MonitorAlarmsProps) {
    super(scope, id);
    acknowledge(this, MONITOR_ALARMS);
    const { checkName, _hours } = check;
    const metric = (metricName: string, statistic: string) => new Metric({
      namespace, metricName, statistic, period: Duration.hours(_hours), dimensionsMap: { Endpoint: endpointName, Check: checkName },
    });
    const violations = new Alarm(this, 'Violations', {
      alarmDescription: `The monitor of ${checkName} has found violations`,
      metric: metric('Violations', 'Maximum'),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.IGNORE, // what was found stands until the next look
    });
    const silence = new Alarm(this, 'Silence', {
      alarmDescription: `The monitor of ${checkName} has said nothing`,
      metric: metric('Rows', 'SampleCount'),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2, // a job takes its time, and may end in the next period
      treatMissingData: TreatMissingData.BREACHING,
    });
    this.alarms = [violations, silence];
  }
}
