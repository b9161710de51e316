import { PerimeterApp } from './perimeter-app';
import { Weighing, Who } from './weighing';
import { Context } from '../access/request/requester';

const weighing = new Weighing(new PerimeterApp());
const ALARM: Context = { 'events:source': ['aws.cloudwatch'], 'events:detail-type': ['CloudWatch Alarm State Change'] };

type Row = [who: Who, what: string, events: Context, expected: 'allow' | 'deny'];

const ROWS: Row[] = [
  ['targetAlarms', 'an alarm', ALARM, 'allow'],
  ['productionAlarms', 'an alarm', ALARM, 'allow'],
  ['targetAlarms', 'what an application says', { ...ALARM, 'events:source': ['churn.app'] }, 'deny'],
  ['targetAlarms', 'an alarm, and what an application says', { ...ALARM, 'events:source': ['aws.cloudwatch', 'churn.app'] }, 'deny'],
  ['targetAlarms', 'another event of CloudWatch', { ...ALARM, 'events:detail-type': ['CloudWatch Dashboard Change'] }, 'deny'],
  ['targetAlarms', 'something that does not say what it is', {}, 'deny'],
  ['siblingAlarms', 'an alarm', ALARM, 'deny'],
  ['neighbourAlarms', 'an alarm', ALARM, 'deny'],
  ['targetMonitor', 'an alarm', ALARM, 'deny'],
  ['targetSchedule', 'an alarm', ALARM, 'deny'],
  ['targetModel', 'an alarm', ALARM, 'deny'],
  ['targetOther', 'an alarm', ALARM, 'deny'],
  ['outsider', 'an alarm', ALARM, 'deny'],
];

test.each(ROWS)('%s reports %s: %s', async (who, _, events, expected) => {
  expect(await weighing.onBus(who, events)).toBe(expected);
});
