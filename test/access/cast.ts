import { ACCOUNTS, REGION } from './request/organization';
import { Requester, session } from './request/requester';
import { EnvironmentRegistry, EnvironmentRole, TargetRole } from '../../src/registry';

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
  modelExecution: EnvironmentRole.MODEL_EXECUTION,
  stackSetAdministrator: EnvironmentRole.STACK_SET_ADMINISTRATOR,
};

/** The stages that models are deployed to. */
export type StageName = 'staging' | 'production';

/** What works in the accounts of the stages. */
export const TARGET_ROLES: Record<string, [StageName, TargetRole]> = {
  targetModelExecution: ['staging', TargetRole.MODEL_EXECUTION],
  targetDeployment: ['staging', TargetRole.DEPLOYMENT],
  endpointTest: ['staging', TargetRole.ENDPOINT_TEST],
  productionModelExecution: ['production', TargetRole.MODEL_EXECUTION],
  productionDeployment: ['production', TargetRole.DEPLOYMENT],
  productionEndpointTest: ['production', TargetRole.ENDPOINT_TEST],
};

/** What delivers the flow logs of a target's VPC. */
export const TARGET_FLOW_LOGS: Record<string, StageName> = { targetFlowLogs: 'staging', productionFlowLogs: 'production' };

/** Roles that templates of later rooms make: by their names, with everything allowed by identity. */
export const LATER: Record<string, (registry: EnvironmentRegistry) => Requester> = {
  release: (registry) => known(registry, EnvironmentRole.RELEASE),
  codeBuild: (registry) => known(registry, EnvironmentRole.CODE_BUILD),
  codePipeline: (registry) => ofProjects(registry, 'code-pipeline'),
  projectLaunch: (registry) => ofProjects(registry, 'project-launch'),
  eventsRole: (registry) => ofProjects(registry, 'events'),
};

function known(registry: EnvironmentRegistry, role: EnvironmentRole): Requester {
  return session(ACCOUNTS.data, registry.roleName(role), { arn: registry.roleArn(role) });
}

function ofProjects(registry: EnvironmentRegistry, role: string): Requester {
  return session(ACCOUNTS.data, `${registry.environmentName}--${role}-${REGION}`);
}

/** Roles of later rooms that our resource policies name already, and for what. */
export const AWAITED: Record<string, RegExp> = { release: /./, codeBuild: /^sts:/ };
