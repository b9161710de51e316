import { IConstruct } from 'constructs';
import { DeploymentStage } from './deployment-stage';
import { EnvironmentNames } from '../names';

/** A data science environment, whether it was created in this app or is known by its names. */
export interface IDataScienceEnvironment extends IConstruct {
  /** Name of the environment. */
  readonly environmentName: string;
  /** The names that the environment shares with its project templates and deployment targets. */
  readonly names: EnvironmentNames;

  /** Its stages, where they are known. @internal */
  readonly _knownStages?: DeploymentStage[];

  /**
   * Returns true if models of the environment may be deployed to a stage.
   *
   * Where only the names of the environment are known, they may be deployed to any stage.
   */
  deploysTo(stage: DeploymentStage): boolean;
}
