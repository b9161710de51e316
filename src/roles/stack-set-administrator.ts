import { ProjectContext, RoleCard } from './card';
import { STACK_SETS_OF_PROJECTS } from './service-trust';
import { EnvironmentRole, TargetRole } from '../names';

/** How many accounts one statement names: a list as long as a policy could not be packed with others. */
const ACCOUNTS_AT_ONCE = 100;

/**
 * The administration role of the stack sets that deploy endpoints: becomes the deployment role of accounts that belong to a stage,
 * and does nothing else.
 */
export const STACK_SET_ADMINISTRATOR: RoleCard<Pick<ProjectContext, 'names' | 'deploymentStages'>> = {
  role: EnvironmentRole.STACK_SET_ADMINISTRATOR,
  id: 'StackSetAdministration',
  description: 'Deploys model endpoints to target accounts',
  onlyWith: 'stages',
  assumedBy: [STACK_SETS_OF_PROJECTS],
  may: ({ names, deploymentStages }) => (
    deploymentStages.flatMap(({ _accounts }) => _accounts.enter(names, TargetRole.DEPLOYMENT, ACCOUNTS_AT_ONCE))
  ),
  buckets: [],
  never: ['cloudformation:*', 'sagemaker:*', 's3:*', 'kms:*', 'iam:*'],
};
