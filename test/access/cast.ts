import { EnvironmentRole, TargetRole } from '../../src/registry';

/** Who people are. */
export const PERSONAS: Record<string, EnvironmentRole> = {
  dataScientist: EnvironmentRole.DATA_SCIENTIST,
  mlEngineer: EnvironmentRole.ML_ENGINEER,
  teamAdministrator: EnvironmentRole.TEAM_ADMINISTRATOR,
  dataScienceAdministrator: EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR,
};

/** What works in the data-science account. */
export const WORKLOADS: Record<string, EnvironmentRole> = {
  studioExecution: EnvironmentRole.STUDIO_EXECUTION,
  dataPreparation: EnvironmentRole.DATA_PREPARATION,
  pipelineExecution: EnvironmentRole.PIPELINE_EXECUTION,
  studioCleanUp: EnvironmentRole.STUDIO_CLEAN_UP,
  defaultSecurityGroup: EnvironmentRole.DEFAULT_SECURITY_GROUP,
  flowLogs: EnvironmentRole.FLOW_LOGS,
  jobExecution: EnvironmentRole.JOB_EXECUTION,
  batchInference: EnvironmentRole.BATCH_INFERENCE,
  modelExecution: EnvironmentRole.MODEL_EXECUTION,
  stackSetAdministrator: EnvironmentRole.STACK_SET_ADMINISTRATOR,
  codeBuild: EnvironmentRole.CODE_BUILD,
  codePipeline: EnvironmentRole.CODE_PIPELINE,
  eventsRole: EnvironmentRole.EVENTS,
  projectLaunch: EnvironmentRole.PROJECT_LAUNCH,
  release: EnvironmentRole.RELEASE,
  accountsBuild: EnvironmentRole.DEPLOYMENT_ACCOUNTS,
  publisher: EnvironmentRole.PUBLISHER,
  promotionBuild: EnvironmentRole.PROMOTION,
};

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

/** What delivers the flow logs of a target's VPC. */
export const TARGET_FLOW_LOGS: Record<string, StageName> = { targetFlowLogs: 'staging', productionFlowLogs: 'production' };
