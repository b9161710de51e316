import { EnvironmentRole, TargetRole } from '../../src/names';
import { CARDS, PERSONAS as PERSONA_CARDS } from '../../src/roles/cards';

/** Who people are. */
export const PERSONAS = namesOf(PERSONA_CARDS.map(({ role }) => role));

/** What works in the data-science account. */
export const WORKLOADS: Record<string, EnvironmentRole> = {
  ...namesOf(CARDS.filter(({ assumedBy }) => assumedBy !== 'people').map(({ role }) => role)),
};

/** Roles as rows call them: in one word, and what rows call otherwise. */
function namesOf(roles: EnvironmentRole[]): Record<string, EnvironmentRole> {
  const others: Partial<Record<EnvironmentRole, string>> = {
    [EnvironmentRole.EVENTS]: 'eventsRole', [EnvironmentRole.DEPLOYMENT_ACCOUNTS]: 'accountsBuild', [EnvironmentRole.PROMOTION]: 'promotionBuild',
  };
  return Object.fromEntries(roles.map((role) => [others[role] ?? role.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), role]));
}

/** The stages that models are deployed to. */
export type StageName = 'staging' | 'production';

/** What works in the accounts of the stages. */
export const TARGET_ROLES: Record<string, [StageName, TargetRole]> = {
  targetModelExecution: ['staging', TargetRole.MODEL_EXECUTION],
  targetDeployment: ['staging', TargetRole.DEPLOYMENT],
  endpointTest: ['staging', TargetRole.ENDPOINT_TEST],
  targetMonitoring: ['staging', TargetRole.MONITORING],
  targetMonitoringSchedule: ['staging', TargetRole.MONITORING_SCHEDULE],
  targetMonitoringAlarms: ['staging', TargetRole.MONITORING_ALARMS],
  productionModelExecution: ['production', TargetRole.MODEL_EXECUTION],
  productionDeployment: ['production', TargetRole.DEPLOYMENT],
  productionEndpointTest: ['production', TargetRole.ENDPOINT_TEST],
  targetPromotion: ['staging', TargetRole.PROMOTION],
  productionPromotion: ['production', TargetRole.PROMOTION],
  productionMonitoring: ['production', TargetRole.MONITORING],
  productionMonitoringSchedule: ['production', TargetRole.MONITORING_SCHEDULE],
  productionMonitoringAlarms: ['production', TargetRole.MONITORING_ALARMS],
};

/** Role of staging's account that brings what the right answers were. */
export const GROUND_TRUTH_WRITER = 'labels/writer';

/** The AWS Signer profile with which the environment's released images are signed. */
export const SIGNING_PROFILE = 'churn_images';

/** What delivers the flow logs of a target's VPC. */
export const TARGET_FLOW_LOGS: Record<string, StageName> = { targetFlowLogs: 'staging', productionFlowLogs: 'production' };
