/** Purpose of a customer-managed KMS key of an environment, each with other users. */
export enum KeyPurpose {
  /** Storage volumes of Studio spaces, jobs and endpoints (Amazon EBS). */
  VOLUMES = 'volumes',
  /** Storage of Studio: the domain, its home file system and the data that Studio keeps for a user. */
  STUDIO_STORAGE = 'studio-storage',
  /** The data bucket. */
  DATA = 'data',
  /** The models bucket, to which training jobs write. */
  MODELS = 'models',
  /** The releases bucket, whose key is the only one that deployment targets decrypt with. */
  RELEASES = 'releases',
  /** Evaluation reports, pipeline artifacts and the repositories of projects. */
  ARTIFACTS = 'artifacts',
  /** Artifacts of MLflow runs, where the environment has `mlflow`. */
  MLFLOW = 'mlflow',
  /** Online and offline stores of feature groups, where the environment has `featureStore`. */
  FEATURE_STORE = 'feature-store',
  /** Log groups. */
  LOGS = 'logs',
}

/** Purpose of a customer-managed KMS key of a deployment target. */
export enum TargetKeyPurpose {
  /** Storage volumes of endpoints (Amazon EBS). */
  VOLUMES = 'volumes',
  /** Captured requests and responses of endpoints. */
  CAPTURE = 'capture',
  /** Copies of released models, where the stage has its own. */
  MODELS = 'models',
  /** Log groups. */
  LOGS = 'logs',
}
