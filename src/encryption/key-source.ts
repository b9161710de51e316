import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../registry';
import type { EnvironmentKeys } from './environment-keys';

/** The environment that a key source creates keys for. */
export interface KeySourceContext {
  /** The names of the environment, from which the key aliases are named. */
  readonly registry: EnvironmentRegistry;

  /**
   * Removal policy of created keys.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The origin of the KMS keys of an environment: `EnvironmentKeys.managed()` or `EnvironmentKeys.fromKeys()`. */
export abstract class KeySource {
  /** Creates the keys in a scope. */
  public abstract bind(scope: Construct, id: string, context: KeySourceContext): EnvironmentKeys;
}
