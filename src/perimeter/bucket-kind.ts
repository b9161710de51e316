/** Kind of a bucket of an environment or a target, each with other callers and so with another bucket policy. */
export enum BucketKind {
  /** Data, which notebooks and jobs reach from the environment's network only. */
  DATA = 'data',
  /** Model artifacts, which are reached as data, and which SageMaker reads for the role that registers a model version. */
  MODELS = 'models',
  /** Model artifacts of approved model versions, which one role writes and the model roles of the stages read through their own endpoints. */
  RELEASES = 'releases',
  /** Evaluation reports, which jobs write and SageMaker Pipelines reads from its own network with the pipeline role. */
  REPORTS = 'reports',
  /** Copies of approved model versions in a deployment target, which one role writes and the target's network reads. */
  PROMOTED = 'promoted',
  /** Data that the endpoints of a deployment target capture, which is reached from the target's network only. */
  CAPTURE = 'capture',
  /** Artifacts of MLflow runs, which notebooks and jobs reach from the environment's network and the tracking server from SageMaker's own. */
  MLFLOW = 'mlflow',
  /** Offline stores of feature groups, which SageMaker writes from its own network with one role and the environment's network reads. */
  OFFLINE_STORE = 'offline-store',
  /** Artifacts of pipelines, which CodePipeline reaches from its own network and builds from the environment's. */
  ARTIFACTS = 'artifacts',
  /** Project templates and seed code, which services and browsers of the account read from anywhere and one handler writes. */
  TEMPLATES = 'templates',
  /** Server access logs, which S3 itself delivers. */
  ACCESS_LOGS = 'access-logs',
}
