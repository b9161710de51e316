import { DEPLOYMENT_APPROVAL, MODEL_APPROVAL } from './approvals';
import { IDENTITY_POLICY } from './identity-policy';
import { JOBS } from './jobs';
import { KEY_CHANGE } from './key-change';
import { LOGGING } from './logging';
import { PERIMETER } from './perimeter';
import { RESOURCE_POLICY } from './resource-policy';
import { ROOT_USE } from './root-use';
import { TrailAlarm } from './trail-alarm';
import { WORKPLACES } from './workplaces';

/** The alarms over the trail, by the property that switches them. */
export const TRAIL_ALARMS = {
  rootUseAlarm: [ROOT_USE],
  loggingAlarm: [LOGGING],
  keyChangeAlarm: [KEY_CHANGE],
  policyChangeAlarms: [IDENTITY_POLICY, RESOURCE_POLICY],
  perimeterAlarm: [PERIMETER],
  approvalAlarms: [MODEL_APPROVAL, DEPLOYMENT_APPROVAL],
  networkAlarms: [JOBS, WORKPLACES],
} as const satisfies Record<string, readonly TrailAlarm[]>;
