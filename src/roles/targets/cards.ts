import { TargetBucketUse } from './bucket-use';
import { TargetRoleCard } from './card';
import { DEPLOYMENT } from './deployment';
import { ENDPOINT_TEST } from './endpoint-test';
import { MODEL_EXECUTION } from './model-execution';
import { MONITORING } from './monitoring';
import { MONITORING_ALARMS } from './monitoring-alarms';
import { MONITORING_SCHEDULE } from './monitoring-schedule';
import { PROMOTION } from './promotion';

/** The card of every role of a deployment target. Policies name roles in this order. */
export const TARGET_CARDS: readonly TargetRoleCard[] = [
  MODEL_EXECUTION, DEPLOYMENT, ENDPOINT_TEST, MONITORING, MONITORING_SCHEDULE, MONITORING_ALARMS, PROMOTION,
];

/** The roles of targets that use a bucket so. */
export function targetCardsUsing(matches: (use: TargetBucketUse) => boolean): TargetRoleCard[] {
  return TARGET_CARDS.filter(({ buckets }) => buckets.some(matches));
}

/** The roles that load the models of a target, and no others. */
export const MODEL_LOADERS = targetCardsUsing(({ bucket, writes }) => bucket === 'models' && !writes);
/** The roles that write a target's own copies of models. */
export const COPIERS = targetCardsUsing(({ bucket, writes }) => bucket === 'models' && writes === true);
