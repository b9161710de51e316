import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { InputCheck } from '../../src/private/input-check';
import { throwValidationError } from '../../src/private/invalid-input';

const stack = new Stack(new App(), 'Studio');

test('a message names construct path, property, rule, value and remedy', () => {
  expect(() => new InputCheck(stack).integerBetween('zones', 5, 1, 4, 'Ask for fewer').throwIfInvalid())
    .toThrow('[Studio] zones must be a whole number between 1 and 4, got 5. Ask for fewer');
});

test('all broken rules are told at once', () => {
  expect(() => new InputCheck(stack).notEmpty('subnets', []).unique('users', ['a', 'a']).throwIfInvalid())
    .toThrow('[Studio] subnets must have at least one element, got []\n[Studio] users must have no element twice, got ["a","a"]');
});

test('what is not given and what is a token passes', () => {
  expect(() => new InputCheck(stack)
    .matches('name', Lazy.string({ produce: () => '!' }), /^[a-z]+$/, 'be letters')
    .integerBetween('zones', undefined, 1, 4)
    .minutesBetween('timeout', Duration.minutes(Lazy.number({ produce: () => 1 })), 60, 120)
    .throwIfInvalid()).not.toThrow();
});

describe('durations', () => {
  const check = () => new InputCheck(stack);

  test.each([
    ['milliseconds', check().latency('time', Duration.minutes(2)), 'between 1 and 60000 whole milliseconds, got "2 minutes". SageMaker waits 60 seconds for an answer'],
    ['seconds', check().secondsBetween('time', Duration.millis(90_500), 60, 120), 'between 60 and 120 whole seconds, got "90500 milliseconds"'],
    ['minutes', check().minutesBetween('time', Duration.seconds(3630), 60, 120), 'between 60 and 120 whole minutes, got "1 hour 30 seconds"'],
    ['hours', check().hoursBetween('time', Duration.minutes(90), 1, 24), 'between 1 and 24 whole hours, got "1 hour 30 minutes"'],
    ['days', check().daysBetween('time', Duration.hours(12), 1), 'at least 1 whole day, got "12 hours"'],
  ])('are compared in whole %s, and said alike', (_, checked, rule) => {
    expect(() => checked.throwIfInvalid()).toThrow(new Error(`[Studio] time must be ${rule}`));
  });

  test('may be said in another unit', () => {
    const given = check().secondsBetween('time', Duration.minutes(1), 60, 120).minutesBetween('time', Duration.hours(2), 60, 120).hoursBetween('time', Duration.days(1), 1, 24)
      .daysBetween('time', Duration.hours(48), 1, 2).latency('time', Duration.seconds(60));
    expect(() => given.throwIfInvalid()).not.toThrow();
  });
});

test('two props that exclude each other', () => {
  expect(() => new InputCheck(stack).notBoth('cidr', '10.0.0.0/16', 'vpc', {}).throwIfInvalid())
    .toThrow('cidr must not be given together with vpc, got "10.0.0.0/16"');
});

test('a value without a scope is placed by name', () => {
  expect(() => throwValidationError('DeploymentStage \'x\'', { property: 'name', value: stack, rule: 'be a string' }))
    .toThrow('[DeploymentStage \'x\'] name must be a string, got Studio');
});

test('of a list those elements are shown that break a rule', () => {
  expect(() => new InputCheck(stack).every('zones', ['a', 'B', 'c', 'D'], (zone) => zone === zone.toLowerCase(), 'be lower case').throwIfInvalid())
    .toThrow('[Studio] zones must be lower case, got ["B","D"]');
  expect(() => new InputCheck(stack).every('zones', undefined, () => false, 'be lower case').every('zones', Token.asList({}), () => false, 'be lower case').throwIfInvalid()).not.toThrow();
});

test('a value of another type breaks a rule, instead of the program', () => {
  expect(() => new InputCheck(stack).that('script', 7 as never, (script: string) => script.trim() !== '', 'not be empty').throwIfInvalid()).toThrow('[Studio] script must not be empty, got 7');
  expect(() => new InputCheck(stack).minutesBetween('timeout', 60 as never, 60, 120).throwIfInvalid()).toThrow('[Studio] timeout must be a Duration, such as Duration.hours(1), got 60');
  expect(() => new InputCheck(stack).notEmpty('zones', null as never).daysBetween('retention', null as never, 1).throwIfInvalid()).not.toThrow();
});

test('constructs in a list are shown by their paths', () => {
  expect(() => new InputCheck(stack).atMost('subnets', [stack, stack], 1).throwIfInvalid())
    .toThrow('[Studio] subnets must have at most 1 elements, got ["Studio","Studio"]');
});
