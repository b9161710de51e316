import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetRoleCard } from './card';
import { VOLUMES } from './key-use';
import { START_MONITORS } from './perms';
import { TargetParameter, TargetRole } from '../../names';
import { ServiceTrust } from '../service-trust';

/** EventBridge Scheduler, which says which group a schedule is in, and not which schedule it is. */
const SCHEDULES: ServiceTrust = { service: 'scheduler', source: 'schedule-group/<schedules>' };

/**
 * What starts monitors, hour by hour: may start processing jobs of this environment that meet the guardrails, and hand them
 * exactly one role.
 */
export const MONITORING_SCHEDULE: TargetRoleCard = {
  role: TargetRole.MONITORING_SCHEDULE,
  id: 'Schedule',
  description: 'What starts monitors',
  onlyWith: 'monitoring',
  assumedBy: [SCHEDULES],
  may: ({ arns }) => [new PolicyStatement({ actions: [...START_MONITORS, 'sagemaker:AddTags'], resources: arns.ours('processing-job') })],
  buckets: [],
  keys: [VOLUMES],
  passes: { sagemaker: [TargetRole.MONITORING] },
  isGuarded: true,
  never: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateModel', 'sagemaker:InvokeEndpoint', 's3:*', 'iam:CreateRole', 'sts:*'],
  publishedAs: TargetParameter.SCHEDULE_ROLE_ARN,
};
