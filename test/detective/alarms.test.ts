import { ALARM_CASES } from './alarm-cases';
import { matches } from './filter-pattern';
import { controls, patternsOf } from './fixture';
import { missingParameter } from './operations';
import { TRAIL_ALARMS } from '../../src/detective/private/alarms/all';

const { made, template } = controls();
const PATTERNS = patternsOf(template);

/** A service, and the names of its operations. */
const CALLED = /\$\.eventSource = "(\w+)\.amazonaws\.com"\) && (\(+(?:\$\.eventName = "\w+"\)?(?: \|\| \()?)+)/g;

test('every alarm has events that raise it, and events that must not', () => {
  const ids = Object.values(TRAIL_ALARMS).map(({ id }) => id);
  expect(Object.keys(ALARM_CASES).sort()).toEqual([...ids].sort());
  expect(ids.filter((id) => [ALARM_CASES[id].raise, ALARM_CASES[id].pass].some((cases) => Object.keys(cases).length === 0))).toEqual([]);
  expect(made.alarms).toHaveLength(ids.length);
});

describe.each(Object.entries(ALARM_CASES))('%s', (id, { raise, pass }) => {
  test.each(Object.entries(raise))('is raised when %s', (_, event) => {
    expect(matches(PATTERNS[id], event)).toBe(true);
  });

  test.each(Object.entries(pass))('is silent when %s', (_, event) => {
    expect(matches(PATTERNS[id], event)).toBe(false);
  });

  test('is within what CloudWatch Logs takes', () => {
    expect(PATTERNS[id].length).toBeLessThanOrEqual(1024);
  });

  test('knows operations and parameters as AWS calls them', () => {
    const pattern = PATTERNS[id];
    const groups = [...pattern.matchAll(CALLED)];
    const operations = groups.flatMap(([, service, names]) => [...names.matchAll(/"(\w+)"/g)].map(([, operation]) => [service, operation]));
    expect(operations).toHaveLength([...pattern.matchAll(/eventName = /g)].length);
    expect(operations.map(([service, operation]) => missingParameter(service, operation, '')).filter((missing) => missing !== undefined)).toEqual([]);
  });
});

test.each(Object.entries(TRAIL_ALARMS))('%s switches its alarm', (property, { id }) => {
  const without = controls({ [property]: false }).template;
  expect(Object.keys(patternsOf(without))).toEqual(Object.values(TRAIL_ALARMS).map((alarm) => alarm.id).filter((one) => one !== id));
});
