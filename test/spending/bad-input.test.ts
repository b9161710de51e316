import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Things } from './fixture';
import { SpendingControls, SpendingControlsProps, SpendingLimit } from '../../src';

const things = new Things();
let number = 0;

function refusal(make: () => unknown): string {
  try {
    make();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

function refused(props: Partial<SpendingControlsProps>): string {
  const { stack, environment, topic } = things;
  return refusal(() => {
    return new SpendingControls(stack, `Controls${number += 1}`, { environment, topic, limit: SpendingLimit.usdPerMonth(500), ...props });
  }).replace(/^\[Finance\/Controls\d+\] /, '');
}

describe('a limit', () => {
  test.each([0, -1, NaN, Infinity, '500', null, undefined])('of %p is refused', (usd) => {
    expect(refusal(() => SpendingLimit.usdPerMonth(usd as number))).toContain('[SpendingLimit.usdPerMonth] usd must be a number of US dollars above 0');
    expect(refusal(() => SpendingLimit.usdPerDay(usd as number))).toContain('[SpendingLimit.usdPerDay] usd must be a number of US dollars above 0');
  });

  test('without a unit is refused', () => {
    expect(refused({ limit: 500 as unknown as SpendingLimit })).toBe('limit must be a limit with a unit, such as SpendingLimit.usdPerMonth(500), got 500');
    expect(refused({ personLimits: { alice: 50 as unknown as SpendingLimit } })).toBe('personLimits.alice must be a limit with a unit, such as SpendingLimit.usdPerMonth(500), got 50');
  });

  test('is given once for a period', () => {
    expect(refusal(() => SpendingLimit.usdPerMonth(500).combine(SpendingLimit.usdPerMonth(50)))).toBe('[SpendingLimit.combine] other must be for another period, got ["usdPerMonth"]. Give one limit for a month, and one for a day');
  });

  test('that is missing is refused', () => {
    expect(refused({ limit: undefined })).toContain('limit must be given, got nothing. Give a limit with a unit, such as SpendingLimit.usdPerMonth(500)');
  });

  test('may be a parameter', () => {
    const usd = new CfnParameter(things.stack, 'Usd', { type: 'Number' }).valueAsNumber;
    expect(refused({ limit: SpendingLimit.usdPerMonth(usd), personLimit: SpendingLimit.usdPerDay(50) })).toBe('nothing');
    expect(refused({ personLimit: SpendingLimit.usdPerDay(usd) })).toBe('nothing');
  });
});

const BOTH = SpendingLimit.usdPerMonth(500).combine(SpendingLimit.usdPerDay(50));

describe('a limit of a part that the environment never lets it reach is refused', () => {
  test.each<[Partial<SpendingControlsProps>, string]>([
    [{ personLimit: SpendingLimit.usdPerMonth(501) }, 'personLimit must not be above the limit of the environment, usdPerMonth(500), got "usdPerMonth(501)"'],
    [{ personLimits: { alice: SpendingLimit.usdPerDay(501) } }, 'personLimits.alice must not be above the limit of the environment, usdPerMonth(500), got "usdPerDay(501)"'],
    [{ projectLimit: SpendingLimit.usdPerMonth(311), limit: SpendingLimit.usdPerDay(10) }, 'projectLimit must not be above the limit of the environment, usdPerDay(10), got "usdPerMonth(311)"'],
    [{ projectLimits: { fraud: SpendingLimit.usdPerDay(11) }, limit: SpendingLimit.usdPerDay(10) }, 'projectLimits.fraud must not be above the limit of the environment, usdPerDay(10), got "usdPerDay(11)"'],
    [{ personLimit: SpendingLimit.usdPerMonth(200).combine(SpendingLimit.usdPerDay(60)), limit: BOTH },
      'personLimit must not be above the limit of the environment, usdPerMonth(500) and usdPerDay(50), got "usdPerMonth(200) and usdPerDay(60)"'],
  ])('%#', (props, message) => {
    expect(refused(props)).toBe(`${message}. It would never be reached: the environment is at its limit before`);
  });

  test('but one that is as high is not', () => {
    expect(refused({ personLimit: SpendingLimit.usdPerMonth(500) })).toBe('nothing');
    expect(refused({ personLimit: SpendingLimit.usdPerMonth(310), limit: SpendingLimit.usdPerDay(10) })).toBe('nothing');
  });
});

test.each<[string, Partial<SpendingControlsProps>, string]>([
  ['a name that no user has', { personLimits: { 'Alice Smith': SpendingLimit.usdPerDay(1) } }, 'personLimits must have names of user profiles as keys, got ["Alice Smith"]'],
  ['a name that no project has', { projectLimits: { 'a/b': SpendingLimit.usdPerDay(1) } }, 'projectLimits must have names of projects as keys, got ["a/b"]'],
  ['a share that is none', { notificationPercentages: [50, 0] }, 'notificationPercentages must be whole numbers between 1 and 99, got [0]. At 100 % the topic is notified anyhow'],
  ['a share twice', { notificationPercentages: [50, 50] }, 'notificationPercentages must have no element twice, got ["50","50"]'],
  ['an hour between two meterings', { interval: Duration.hours(1) }, 'interval must be between 1 and 15 whole minutes, got "1 hour". A limit is exceeded by what is spent in an interval'],
  ['an environment that is only a name', { environment: { environmentName: 'churn' } as never }, 'environment must be a DataScienceEnvironment of this app, got {"environmentName":"churn"}'],
  ['no topic', { topic: undefined }, 'topic must be given, got nothing. Give a topic, such as Topic.fromTopicArn(…). It is undefined where process.env or a file lacks it'],
])('refuses %s', (_, props, message) => {
  expect(refused(props)).toContain(message);
});
