import { EnvironmentRole } from '../names';

/** Roles that have much in common: what all of them may do is written once, in managed policies that each of them has. */
export interface SharedPermissions {
  /** Id of the construct that holds the policies. */
  readonly id: string;
  /** What IAM shows of the policies. */
  readonly description: string;
  /** The roles, of which an environment need not have each. */
  readonly roles: readonly EnvironmentRole[];
}

const NOTEBOOKS = [EnvironmentRole.STUDIO_EXECUTION, EnvironmentRole.DATA_PREPARATION];
const USERS = [EnvironmentRole.DATA_SCIENTIST, EnvironmentRole.ML_ENGINEER];
const TEAM = [...USERS, EnvironmentRole.TEAM_ADMINISTRATOR];

/**
 * Named, and not found in what roles happen to share: a policy whose roles depended on its statements would be replaced when an option
 * adds some, and CloudFormation has both at once, for which IAM may not attach enough policies to a role. A role has what it is named
 * for first. There are few of them: IAM attaches ten policies to a role, and each of these takes a place of its roles.
 */
export const SHARED_PERMISSIONS: readonly SharedPermissions[] = [
  {
    id: 'Workloads',
    description: 'What everything may do that SageMaker runs',
    roles: [
      ...NOTEBOOKS, EnvironmentRole.SHARED_SPACE, EnvironmentRole.JOB_EXECUTION, EnvironmentRole.MODEL_EXECUTION, EnvironmentRole.BATCH_INFERENCE,
    ],
  },
  {
    id: 'NotebooksAndPipelines',
    description: 'What notebooks and pipelines may do',
    roles: [...NOTEBOOKS, EnvironmentRole.SHARED_SPACE, EnvironmentRole.PIPELINE_EXECUTION],
  },
  { id: 'Notebooks', description: 'What notebooks of people may do', roles: NOTEBOOKS },
  { id: 'People', description: 'What all people of an environment may do', roles: [...TEAM, EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR] },
  { id: 'Team', description: 'What the people of a team may do', roles: TEAM },
  { id: 'Users', description: 'What people may do who work in Studio', roles: USERS },
  { id: 'Administrators', description: 'What administrators may do', roles: [EnvironmentRole.TEAM_ADMINISTRATOR, EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR] },
  {
    id: 'Artifacts',
    description: 'What builds may do that take and leave artifacts',
    roles: [EnvironmentRole.CODE_BUILD, EnvironmentRole.DEPLOYMENT_ACCOUNTS, EnvironmentRole.IMAGE_RELEASE],
  },
  {
    id: 'Builds',
    description: 'What builds of projects may do',
    roles: [
      EnvironmentRole.CODE_BUILD, EnvironmentRole.RELEASE, EnvironmentRole.PROMOTION, EnvironmentRole.IMAGE_BUILD, EnvironmentRole.IMAGE_RELEASE,
    ],
  },
];
