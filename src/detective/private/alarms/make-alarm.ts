import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IFilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { describe } from '../../../private/invalid-input';
import { atPlace, placeOf } from '../../../private/known-place';

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

/** Characters of a filter pattern. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const LONGEST_PATTERN = 1024;

/** An alarm on lines of a log group. */
export function makeAlarm(scope: Construct, id: string, counted: CountedEvents): Alarm {
  const { logGroup, filterPattern, metricNamespace, description, topic, atLeast = 1 } = counted;
  const place = new Construct(scope, id);
  place.node.addValidation({ validate: () => tooLong(place, filterPattern) });
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

/** Patterns name roles with their paths. What only the deployment knows is not counted. */
function tooLong(scope: Construct, { logPatternString }: IFilterPattern): string[] {
  const stack = Stack.of(scope), pattern = atPlace(stack.resolve(logPatternString), placeOf(stack.region)) as string | { readonly 'Fn::Join': [string, unknown[]] };
  const { length } = typeof pattern === 'string' ? pattern : pattern['Fn::Join'][1].filter((part) => typeof part === 'string').join('');
  return length <= LONGEST_PATTERN ? [] : [describe({
    property: 'the filter pattern',
    value: `${length} characters`,
    rule: `have at most ${LONGEST_PATTERN} characters, as many as CloudWatch Logs takes`,
    remedy: 'It names roles of the environment with their path: give them a shorter one, or switch the alarm off',
  })];
}
