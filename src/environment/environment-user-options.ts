import { Persona } from '../identity';
import { StudioUserOptions } from '../studio';

/** What somebody is in an environment, and has in Studio. */
export interface EnvironmentUserOptions {
  /** The persona; it decides on the execution role. */
  readonly persona: Persona;

  /**
   * Settings of the user profile. Its execution role is the persona's.
   *
   * @default - the domain's
   */
  readonly studio?: StudioUserOptions;
}
