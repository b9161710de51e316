import { BATCH_INFERENCE } from './batch-inference';
import { BUCKET_EMPTYING } from './bucket-emptying';
import { BucketUse } from './bucket-use';
import { RoleCard } from './card';
import { CODE_BUILD } from './code-build';
import { CODE_PIPELINE } from './code-pipeline';
import { DATA_PREPARATION } from './data-preparation';
import { DATA_SCIENCE_ADMINISTRATOR } from './data-science-administrator';
import { DATA_SCIENTIST } from './data-scientist';
import { DEFAULT_SECURITY_GROUP } from './default-security-group';
import { DEPLOYMENT_ACCOUNTS } from './deployment-accounts';
import { EVENTS } from './events';
import { FEATURE_STORE } from './feature-store';
import { FLOW_LOGS } from './flow-logs';
import { IMAGE_BUILD } from './image-build';
import { IMAGE_RELEASE } from './image-release';
import { JOB_EXECUTION } from './job-execution';
import { MEMBER_LAUNCH } from './member-launch';
import { ML_ENGINEER } from './ml-engineer';
import { MLFLOW } from './mlflow';
import { MODEL_EXECUTION } from './model-execution';
import { PIPELINE_EXECUTION } from './pipeline-execution';
import { PROJECT_LAUNCH } from './project-launch';
import { PROMOTION } from './promotion';
import { PUBLISHER } from './publisher';
import { RELEASE } from './release';
import { SHARED_SPACE } from './shared-space';
import { STACK_SET_ADMINISTRATOR } from './stack-set-administrator';
import { STUDIO_CLEAN_UP } from './studio-clean-up';
import { STUDIO_EXECUTION } from './studio-execution';
import { TEAM_ADMINISTRATOR } from './team-administrator';
import { EnvironmentRole } from '../names';
import { DeploymentStage } from '../stages';

export const PERSONAS = [DATA_SCIENTIST, ML_ENGINEER, TEAM_ADMINISTRATOR, DATA_SCIENCE_ADMINISTRATOR];
export const EXECUTION_ROLES = [
  STUDIO_EXECUTION, DATA_PREPARATION, SHARED_SPACE, PIPELINE_EXECUTION, JOB_EXECUTION, MODEL_EXECUTION, BATCH_INFERENCE, FEATURE_STORE,
];
export const PROJECT_ROLES = [PROJECT_LAUNCH, CODE_BUILD, CODE_PIPELINE, DEPLOYMENT_ACCOUNTS, RELEASE, PROMOTION, EVENTS];
/** The roles of projects that build images. */
export const IMAGE_ROLES = [IMAGE_BUILD, IMAGE_RELEASE];
/** The roles of what makes a network and takes an environment away. */
const HANDLER_ROLES = [STUDIO_CLEAN_UP, BUCKET_EMPTYING, DEFAULT_SECURITY_GROUP, FLOW_LOGS];

/** The card of every role. Policies name roles in this order. */
export const CARDS: readonly RoleCard<never>[] = [
  ...PERSONAS, ...EXECUTION_ROLES, ...PROJECT_ROLES, ...IMAGE_ROLES, MEMBER_LAUNCH, PUBLISHER, STACK_SET_ADMINISTRATOR, MLFLOW, ...HANDLER_ROLES,
];

/** The roles that use a bucket so; those that copy for targets come by themselves, where there are any. */
export function rolesUsing(matches: (use: BucketUse) => boolean): EnvironmentRole[] {
  return CARDS.filter(({ onlyWith, buckets }) => onlyWith !== 'promotion' && buckets.some(matches)).map(({ role }) => role);
}

/** The roles that copy for targets. */
export const PROMOTERS = CARDS.filter(({ onlyWith }) => onlyWith === 'promotion');

/** Whether an environment with these stages has a role. */
export function isThere({ onlyWith }: RoleCard<never>, stages: DeploymentStage[]): boolean {
  switch (onlyWith) {
    case 'stages': return stages.length > 0;
    case 'promotion': return stages.some(({ promotion }) => promotion.hasModelCopies);
    default: return true;
  }
}

/** The card of a role that has one. */
export function cardOf(role: EnvironmentRole): RoleCard<never> {
  return CARDS.find((card) => card.role === role)!;
}
