import { DeploymentStage, EnvironmentRegistry } from '../../registry';
import { SourceRepository } from '../source-repository';

/** What a blueprint is told of the environment, and of what people chose beside it. */
export interface BlueprintContext {
  /** As templates know it: literals, or placeholders that are filled in where templates are published. */
  readonly registry: EnvironmentRegistry;
  readonly deploymentStages: DeploymentStage[];
  readonly description?: string;
  readonly source: SourceRepository;
  /** Key of the seed code in the templates bucket. */
  readonly seedKey?: string;
  /** Programs of the library, by the name of their bundle: the keys where they were published. */
  readonly publishProgram: (name: string) => PublishedProgram;
  /** Publishes the program that monitors run, and answers its key in the templates bucket. */
  readonly publishMonitor: () => string;
  /** Publishes a text that builds of the template fetch, and answers its key. */
  readonly publishText: (name: string, text: string) => string;
}

/** A program that builds fetch and run. */
export interface PublishedProgram {
  readonly key: string;
  /** Of its content, in hexadecimal: what was fetched is what was published. */
  readonly sha256: string;
}
