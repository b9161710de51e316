import { KEY_CHANGE } from './key-change';
import { LOGGING } from './logging';
import { ROOT_USE } from './root-use';
import { TrailAlarm } from './trail-alarm';

/** The alarms over the trail, by the property that switches them. */
export const TRAIL_ALARMS = {
  rootUseAlarm: ROOT_USE,
  loggingAlarm: LOGGING,
  keyChangeAlarm: KEY_CHANGE,
} as const satisfies Record<string, TrailAlarm>;
