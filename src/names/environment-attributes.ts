import { RolePath } from './role-options';

/** Attributes that determine the names of an environment, in this app or in another one. */
export interface EnvironmentAttributes {
  /** Name of the environment: 1–20 characters, lower-case letters and digits in groups joined by single hyphens. */
  readonly environmentName: string;

  /** Id of the environment's account, 12 digits. */
  readonly account: string;

  /** Region of the environment, such as `eu-central-1`. */
  readonly region: string;

  /**
   * Partition of the environment, such as `aws`.
   *
   * @default - the partition of the stack in which the name is used
   */
  readonly partition?: string;

  /**
   * Path of the environment's roles, with a slash at both ends.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Roles of the environment that have another path.
   *
   * @default - none
   */
  readonly rolePaths?: RolePath[];
}
