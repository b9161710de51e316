import { Acknowledgement, rules } from '../../private/acknowledgements';

/** Of a monitor's alarms. */
export const MONITOR_ALARMS: Acknowledgement[] = [
  rules(['CloudWatchAlarmAction'], /^\/(Violations|Silence)\/Resource$/, 'An event rule of the same template reports every change of the alarm to the data-science account, where people are told and training is started: EventBridge hears of alarms without an action.'),
];

/** Of the queue of events that were not delivered. */
export const UNDELIVERED_EVENTS: Acknowledgement[] = [
  rules(['SQS3', 'SQSRedrivePolicy'], /^\/Queue\/Resource$/, 'It is the dead-letter queue of event rules itself: what is in it stays until somebody takes it away.'),
  rules(['CloudWatchAlarmAction'], /^\/Alarm\/Resource$/, 'Whom it tells is the app\'s to say, as an action of the alarm.'),
];
