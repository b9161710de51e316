import { PersonaContext, RoleCard } from './card';
import { EnvironmentRole } from '../names';
import { studioUser } from './statements/studio-user';

/** An ML engineer: works in Studio and prepares data. */
export const ML_ENGINEER: RoleCard<PersonaContext> = {
  id: 'MlEngineer',
  description: 'Works in Studio and prepares data',
  person: 'an ML engineer',
  ...studioUser(EnvironmentRole.ML_ENGINEER, EnvironmentRole.DATA_PREPARATION),
};
