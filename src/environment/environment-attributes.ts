import { Construct } from 'constructs';
import { EnvironmentRegistry, RolePath } from '../registry';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';

/** What names an environment that another app made. */
export interface EnvironmentAttributes {
  /** Name of the environment. */
  readonly environmentName: string;

  /** The account that the environment is in. */
  readonly account: string;

  /** The region that the environment is in. */
  readonly region: string;

  /**
   * The partition that the environment is in.
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
   * Roles of the environment that have another path: those of its `roleOptions.exceptions` that say so.
   *
   * @default - none
   */
  readonly rolePaths?: RolePath[];
}

/** An environment of another app, known by its names. */
export class ImportedEnvironment extends Construct implements IDataScienceEnvironment {
  public readonly environmentName: string;
  public readonly registry: EnvironmentRegistry;

  constructor(scope: Construct, id: string, attributes: EnvironmentAttributes) {
    super(scope, id);
    this.environmentName = attributes.environmentName;
    this.registry = EnvironmentRegistry._at(this, attributes);
  }

  /** Its stages are not known here. */
  public deploysTo(_stage: DeploymentStage): boolean {
    return true;
  }
}
