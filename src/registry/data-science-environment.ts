import { IConstruct } from 'constructs';
import { DeploymentStage } from './deployment-stage';
import { EnvironmentRegistry } from './environment-registry';

/** A data-science environment, made in this app or known by its names. */
export interface IDataScienceEnvironment extends IConstruct {
  /** Name of the environment. */
  readonly environmentName: string;
  /** The names that the environment shares with its project templates and deployment targets. */
  readonly registry: EnvironmentRegistry;

  /** Its stages, where they are known. @internal */
  readonly _knownStages?: DeploymentStage[];

  /** Whether models of the environment may go to a stage. Where only the environment's names are known, they may go to any. */
  deploysTo(stage: DeploymentStage): boolean;
}
