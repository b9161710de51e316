import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { checkIdle } from './idle-input';
import { DataScienceEnvironment } from '../../environment';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { checkRequired, kind, like } from '../../private/required-input';
import { USER_NAME_RULE } from '../../studio/user-name';
import { PriceTable } from '../prices/price-table';
import { SpendingControlsProps } from '../spending-controls-props';
import { SpendingLimit } from '../spending-limit';

const EXAMPLE = 'SpendingLimit.usdPerMonth(500)';
const isLimit = (value: unknown): value is SpendingLimit => value instanceof SpendingLimit;

/** As SageMaker takes it, and ours. */
const PROJECT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$/;

/** Refuses what cannot be meant. */
export function checkInput(scope: Construct, props: SpendingControlsProps): void {
  checkRequired(scope, props, {
    environment: kind('a DataScienceEnvironment of this app', (value) => value instanceof DataScienceEnvironment),
    topic: like<ITopic>('topicArn', 'a topic, such as Topic.fromTopicArn(…)'),
    limit: kind(`a limit with a unit, such as ${EXAMPLE}`, isLimit),
  });
  const { personLimits, projectLimits, notificationPercentages } = props;
  const check = checkKey(new InputCheck(scope), 'encryptionKey', props.encryptionKey)
    .every('personLimits', personLimits && Object.keys(personLimits), (name) => new RegExp(USER_NAME_RULE.pattern).test(name), 'have names of user profiles as keys', USER_NAME_RULE.rule)
    .every('projectLimits', projectLimits && Object.keys(projectLimits), (name) => PROJECT_NAME.test(name), 'have names of projects as keys', 'These are 1–32 letters, digits and hyphens in between')
    .every('notificationPercentages', notificationPercentages, (share) => Number.isInteger(share) && share >= 1 && share <= 99, 'be whole numbers between 1 and 99', 'At 100 % the topic is notified anyhow')
    .unique('notificationPercentages', notificationPercentages?.map(String))
    .that('prices', props.prices, (table) => table instanceof PriceTable, 'be a table of prices, such as PriceTable.fromFile(\'prices.json\')')
    .that('prices', props.prices, ({ values }) => values.currency === 'USD', 'be in USD, as limits are', 'Give the prices in US dollars')
    .that('monthlyBudget', props.monthlyBudget, (isWanted) => !isWanted || props.limit._perMonth !== undefined, 'be given together with a limit of a month', `Give one, such as ${EXAMPLE}`)
    .that('anomaliesFromUsd', props.anomaliesFromUsd, (usd) => typeof usd === 'number' && Number.isFinite(usd) && usd > 0, 'be a number of US dollars above 0, such as 100')
    .matches('existingAnomalyMonitorArn', props.existingAnomalyMonitorArn, /^arn:[\w-]+:ce::\d{12}:anomalymonitor\/.+$/, 'be the ARN of a cost anomaly monitor, as aws ce get-anomaly-monitors lists it, like …:anomalymonitor/…')
    .minutesBetween('interval', props.interval, 1, 15, 'A limit is exceeded by what is spent in an interval');
  checkIdle(check, props.idleOptions);
  for (const [property, limit] of partsOf(props)) {
    check.that(property, limit, isLimit, `be a limit with a unit, such as ${EXAMPLE}`);
    if (isLimit(limit) && limit._isAbove(props.limit)) {
      check.report(property, limit._text, `not be above the limit of the environment, ${props.limit._text}`, 'It would never be reached: the environment is at its limit before');
    }
  }
  check.throwIfInvalid();
}

/** The environment, once it was looked at. */
export function environmentOf({ environment }: SpendingControlsProps): DataScienceEnvironment {
  return environment as DataScienceEnvironment;
}

/** Limits of parts of the environment, by the properties that have them. */
function partsOf(props: SpendingControlsProps): [property: string, limit: SpendingLimit | undefined][] {
  const { personLimit, personLimits = {}, projectLimit, projectLimits = {} } = props;
  return [
    ['personLimit', personLimit],
    ...Object.entries(personLimits).map(([name, limit]): [string, SpendingLimit] => [`personLimits.${name}`, limit]),
    ['projectLimit', projectLimit],
    ...Object.entries(projectLimits).map(([name, limit]): [string, SpendingLimit] => [`projectLimits.${name}`, limit]),
  ];
}
