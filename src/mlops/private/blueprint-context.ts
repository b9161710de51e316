import { EnvironmentNames } from '../../names';
import { DeploymentStage } from '../../stages';
import { SelfContainedTemplate } from '../../templates';
import { SourceRepository } from '../source-repository';

/** What a blueprint is told of the environment, and of what people chose beside it. */
export interface BlueprintContext {
  /** As templates know it: literals, or placeholders that are filled in where templates are published. */
  readonly names: EnvironmentNames;
  readonly deploymentStages: DeploymentStage[];
  /** Whether jobs of a pipeline may log runs to the environment's MLflow tracking server. */
  readonly tracksRuns?: boolean;
  /** Whether Amazon ECR signs released images. */
  readonly signsImages?: boolean;
  readonly description?: string;
  readonly source: SourceRepository;
  /** Key of the seed code in the templates bucket. */
  readonly seedKey?: string;
  /** Programs of the library, by the name of their bundle. */
  readonly publishProgram: (name: string) => PublishedFile;
  /** Publishes the program that monitors run. */
  readonly publishMonitor: () => PublishedFile;
  /** Publishes a text that builds of the template fetch. */
  readonly publishText: (name: string, text: string) => PublishedFile;
  /** Publishes a template that builds of the template fetch. */
  readonly publishTemplate: (name: string, template: SelfContainedTemplate) => PublishedFile;
}

/** A file that builds fetch from the templates bucket. */
export interface PublishedFile {
  readonly key: string;
  /** Digest of the file, in hexadecimal: a build that has fetched something else stops. */
  readonly sha256: string;
}
