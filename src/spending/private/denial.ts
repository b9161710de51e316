import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DataScienceEnvironment } from '../../environment';
import { ManagedRole } from '../../identity';
import { EXECUTION_ROLES } from '../../roles/cards';

/** A tag says that the environment is at its limit; lists of names say who or what else is. */
const TAG = 'SpendingDenied';
/** Lists are in several tags, each of which takes 256 characters. */
const LISTS = [1, 2];

/** Tags by which the meter denies, and the only ones that it may set: `src/handlers/spending/denial.ts` fills them. */
export const DENIAL_TAGS = {
  environment: TAG,
  persons: LISTS.map((number) => `${TAG}Persons${number}`),
  projects: LISTS.map((number) => `${TAG}Projects${number}`),
};

/**
 * Actions that start what is paid for by the hour, or make more of it. Patterns of jobs, so that a kind that SageMaker has tomorrow is
 * denied as well, and others for room: IAM takes 6,144 characters.
 */
const NEW_WORK = [
  'Create*Job', 'CreateAutoMLJobV2', 'CreateApp', 'CreateEndpoint', 'UpdateEndpoint*', 'CreateInference*', 'StartInference*', 'DeployHubModel',
  'CreateNotebookInstance', 'StartNotebookInstance', 'CreateCluster', 'UpdateCluster', 'BatchAdd*', 'CreateMlflowTrackingServer', 'CreatePartnerApp',
  'CreateTrainingPlan', 'CreateReservedCapacity', 'CreateMonitoringSchedule', 'StartM*', 'StartPipelineExecution', 'RetryPipelineExecution', 'UpdateTrainingJob',
].map((name) => `sagemaker:${name}`);

/** Those of them that are about something that exists and bears the tag of its project. */
const OF_WHAT_EXISTS = NEW_WORK.filter((action) => /:(Start|Retry|Update)/.test(action));

const PROJECT = 'sagemaker:project-name';

/** Roles as which work is started: those that have guardrails. */
export function workingRoles({ executionRoles }: DataScienceEnvironment): ManagedRole[] {
  return EXECUTION_ROLES.filter(({ isGuarded }) => isGuarded).flatMap(({ role }) => executionRoles._all.get(role) ?? []);
}

/**
 * Attaches denials to the roles as which work is started. They hold while the role bears the tags, and deny only: whoever can set the
 * tags can take nothing but the starting of work, and give nothing.
 */
export function attachDenials(scope: Construct, environment: DataScienceEnvironment): ManagedPolicy | undefined {
  const roles = workingRoles(environment), statements = denials(), own = roles.filter(({ isImported }) => !isImported);
  for (const role of roles.filter(({ isImported }) => isImported)) role.addToPolicy(...statements); // its owner attaches them
  if (own.length === 0) return undefined;
  const policy = new ManagedPolicy(scope, 'Denials', {
    description: 'No new work at a spending limit', path: environment.names.rolePath, roles: own.map(({ role }) => role), statements,
  });
  for (const role of own) role._countAlso([policy]);
  return policy;
}

/** On all resources: what is new has any name. */
function denials(): PolicyStatement[] {
  const deny = (sid: string, actions: string[], conditions: Record<string, Record<string, string>>) => new PolicyStatement({ sid, effect: Effect.DENY, actions, resources: ['*'], conditions });
  return [
    deny('DenyNewWorkAtSpendingLimit', NEW_WORK, { Null: { [`aws:PrincipalTag/${DENIAL_TAGS.environment}`]: 'false' } }),
    ...DENIAL_TAGS.persons.map((tag, index) => deny(`DenyNewWorkOfPersons${index + 1}`, NEW_WORK, named(tag, 'aws:SourceIdentity'))), // by which Studio says whose application it is
    ...DENIAL_TAGS.projects.flatMap((tag, index) => [
      deny(`DenyNewWorkForProjects${index + 1}`, NEW_WORK, named(tag, `aws:RequestTag/${PROJECT}`)),
      deny(`DenyNewWorkOfProjects${index + 1}`, OF_WHAT_EXISTS, named(tag, `aws:ResourceTag/${PROJECT}`)),
    ]),
  ];
}

/** The list in a tag, `/alice/bob/`, has the name that a key of the request has. A key without a value is in no list. */
function named(tag: string, key: string): Record<string, Record<string, string>> {
  return { StringLike: { [`aws:PrincipalTag/${tag}`]: `*/\${${key}}/*` }, Null: { [key]: 'false' } };
}
