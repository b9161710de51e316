import { from } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { notebook } from './statements/notebook';

const { buckets, ...asInStudio } = notebook(EnvironmentRole.DATA_PREPARATION);

/** What ML engineers' Studio applications run as: as those of data scientists, and prepares data. */
export const DATA_PREPARATION: RoleCard<ExecutionContext> = {
  id: 'DataPreparation',
  description: 'What Studio applications of ML engineers run as',
  ...asInStudio,
  buckets: buckets.map((use) => (use.bucket === 'data' ? from('queried', use) : use)),
  publishedAs: EnvironmentParameter.DATA_PREPARATION_ROLE_ARN,
};
