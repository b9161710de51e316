import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../registry';
import type { EnvironmentKeys } from './environment-keys';

/** What a key source is told about the environment that asks for keys. */
export interface KeySourceContext {
  /** Names the keys. */
  readonly registry: EnvironmentRegistry;

  /**
   * What becomes of created keys when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Where an environment's keys come from. Made by `EnvironmentKeys.managed()` and `EnvironmentKeys.fromKeys()`. */
export abstract class KeySource {
  /** Makes the keys in `scope`. */
  public abstract bind(scope: Construct, id: string, context: KeySourceContext): EnvironmentKeys;
}
