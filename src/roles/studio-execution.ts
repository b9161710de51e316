import { ExecutionContext, RoleCard } from './card';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { notebook } from './statements/notebook';

/** What people's Studio applications run as. */
export const STUDIO_EXECUTION: RoleCard<ExecutionContext> = {
  id: 'Studio',
  description: 'What Studio applications run as',
  ...notebook(EnvironmentRole.STUDIO_EXECUTION),
  publishedAs: EnvironmentParameter.STUDIO_EXECUTION_ROLE_ARN,
};
