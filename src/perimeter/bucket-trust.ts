/** Who reaches a bucket, and how that looks to S3: each kind of bucket has other callers, and so another policy. */
export enum BucketTrust {
  /** Notebooks and jobs, from the environment's network only. */
  DATA = 'data',
  /** As data; and SageMaker reads a model for the role that registers it. */
  MODELS = 'models',
  /** Approved versions: written by one role, read by the model roles of the stages through their own endpoints. */
  RELEASES = 'releases',
  /** Evaluation reports: written by jobs, read by SageMaker Pipelines from its own network with the pipeline role. */
  REPORTS = 'reports',
  /** Copies of approved versions in a deployment target: written by one role through the environment's endpoints, read from the target's network. */
  PROMOTED = 'promoted',
  /** What endpoints of a deployment target capture: as data, from the target's network only. */
  CAPTURE = 'capture',
  /** What delivery pipelines hand on from step to step: CodePipeline from its own network, builds from the environment's. */
  ARTIFACTS = 'artifacts',
  /** Project templates and seed code: read by services and browsers of the account from anywhere, written by one handler. */
  TEMPLATES = 'templates',
  /** Server access logs, delivered by S3 itself. */
  ACCESS_LOGS = 'access-logs',
}
