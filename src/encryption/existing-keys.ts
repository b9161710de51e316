import { IKey } from 'aws-cdk-lib/aws-kms';
import { ManagedKeysOptions } from './managed-keys-options';
import { KeyPurpose } from '../names';

/**
 * KMS keys that exist already, by purpose, in place of new ones, and settings of those that are created.
 *
 * The policies of existing keys stay their owner's. `DataPerimeter.requiredKeyStatements` returns the statements to add.
 */
export interface FromKeysOptions extends ManagedKeysOptions {
  /**
   * Key of the storage volumes of spaces, jobs and endpoints.
   *
   * @default - a new key
   */
  readonly volumes?: IKey;
  /**
   * Key of the home file system of the Studio domain.
   *
   * @default - a new key
   */
  readonly studioStorage?: IKey;
  /**
   * Key of the data bucket.
   *
   * @default - a new key
   */
  readonly data?: IKey;
  /**
   * Key of the models bucket.
   *
   * @default - a new key
   */
  readonly models?: IKey;
  /**
   * Key of the releases bucket.
   *
   * @default - a new key
   */
  readonly releases?: IKey;
  /**
   * Key of evaluation reports, pipeline artifacts and the repositories of projects.
   *
   * @default - a new key
   */
  readonly artifacts?: IKey;
  /**
   * Key of artifacts of MLflow runs, for an environment with `mlflow`.
   *
   * @default - a new key, if the environment has `mlflow`
   */
  readonly mlflowArtifacts?: IKey;
  /**
   * Key of online and offline stores of feature groups, for an environment with `featureStore`.
   *
   * @default - the key of an `offlineStore` that exists, or a new key, if the environment has `featureStore`
   */
  readonly featureGroups?: IKey;
  /**
   * Key of log groups.
   *
   * @default - a new key
   */
  readonly logs?: IKey;
}

/** The given keys alone. */
export type GivenKeys = Omit<FromKeysOptions, keyof ManagedKeysOptions>;

/** The given key of a purpose. */
export function givenKeyOf(given: GivenKeys, purpose: KeyPurpose): IKey | undefined {
  switch (purpose) {
    case KeyPurpose.VOLUMES: return given.volumes;
    case KeyPurpose.STUDIO_STORAGE: return given.studioStorage;
    case KeyPurpose.DATA: return given.data;
    case KeyPurpose.MODELS: return given.models;
    case KeyPurpose.RELEASES: return given.releases;
    case KeyPurpose.ARTIFACTS: return given.artifacts;
    case KeyPurpose.MLFLOW: return given.mlflowArtifacts;
    case KeyPurpose.FEATURE_STORE: return given.featureGroups;
    case KeyPurpose.LOGS: return given.logs;
  }
}
