import { Construct } from 'constructs';
import { EnvironmentNames, RolePath } from '../names';
import { ANYTHING, checkRequired } from '../private/required-input';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';

/** Attributes of an environment of another app, from which its names derive. */
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
   * @default - the partition of the stack in which the environment is imported
   */
  readonly partition?: string;

  /**
   * Path of the environment's roles, with a slash at both ends.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Roles of the environment that have another path, by its `roleOptions.exceptions`.
   *
   * @default - none
   */
  readonly rolePaths?: RolePath[];
}

/** An environment of another app, known by its names. */
export class ImportedEnvironment extends Construct implements IDataScienceEnvironment {
  public readonly environmentName: string;
  public readonly names: EnvironmentNames;

  constructor(scope: Construct, id: string, attributes: EnvironmentAttributes) {
    super(scope, id);
    checkRequired(this, attributes, { environmentName: ANYTHING, account: ANYTHING, region: ANYTHING });
    this.environmentName = attributes.environmentName;
    this.names = EnvironmentNames._at(this, attributes);
  }

  /** Its stages are not known here. */
  public deploysTo(_stage: DeploymentStage): boolean {
    return true;
  }
}
