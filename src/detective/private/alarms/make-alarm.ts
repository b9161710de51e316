import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IFilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What an alarm counts, and whom it tells. */
export interface CountedEvents {
  readonly logGroup: ILogGroup;
  readonly filterPattern: IFilterPattern;
  readonly metricNamespace: string;
  readonly description: string;
  readonly topic: ITopic;
  /** How many events within five minutes are alarming. */
  readonly atLeast?: number;
}

/** An alarm on lines of a log group. */
export function makeAlarm(scope: Construct, id: string, counted: CountedEvents): Alarm {
  const { logGroup, filterPattern, metricNamespace, description, topic, atLeast = 1 } = counted;
  const place = new Construct(scope, id);
  const filter = new MetricFilter(place, 'Filter', { logGroup, filterPattern, metricNamespace, metricName: id, metricValue: '1' });
  const alarm = new Alarm(place, 'Alarm', {
    alarmDescription: description,
    metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: atLeast,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING, // nothing happened
  });
  alarm.addAlarmAction(new SnsAction(topic));
  return alarm;
}
