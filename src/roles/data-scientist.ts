import { PersonaContext, RoleCard } from './card';
import { EnvironmentRole } from '../names';
import { studioUser } from './statements/studio-user';

/** A data scientist: works in Studio. */
export const DATA_SCIENTIST: RoleCard<PersonaContext> = {
  id: 'DataScientist',
  description: 'Works in Studio',
  person: 'a data scientist',
  ...studioUser(EnvironmentRole.DATA_SCIENTIST, EnvironmentRole.STUDIO_EXECUTION),
};
