import { Persona } from '../identity';
import { StudioUserOptions } from '../studio';

/** Options of a user of an environment. */
export interface EnvironmentUserOptions {
  /**
   * Persona that decides on the execution role: `Persona.DATA_SCIENTIST` or `Persona.ML_ENGINEER`.
   *
   * Administrators have no user profile. They manage those of others.
   */
  readonly persona: Persona;

  /**
   * Settings of the user profile, whose execution role is the persona's.
   *
   * @default - the settings of the domain
   */
  readonly userProfile?: StudioUserOptions;
}
