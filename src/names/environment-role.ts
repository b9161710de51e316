/**
 * The IAM roles of an environment in its own account.
 *
 * The values are part of the role names, so that roles are known by the environment's name, account and region.
 */
export enum EnvironmentRole {
  /** Role of the persona that works in Studio. */
  DATA_SCIENTIST = 'data-scientist',
  /** Role of the persona that works in Studio and prepares data. */
  ML_ENGINEER = 'ml-engineer',
  /** Role of the persona that manages the Studio of a team and approves deployments to stages before the last. */
  TEAM_ADMINISTRATOR = 'team-administrator',
  /** Role of the persona that manages environments and approves deployments to the last stage. */
  DATA_SCIENCE_ADMINISTRATOR = 'data-science-administrator',
  /** Execution role of Studio applications. */
  STUDIO_EXECUTION = 'studio-execution',
  /** Execution role of the Studio applications of an ML engineer. */
  DATA_PREPARATION = 'data-preparation',
  /**
   * Execution role of Studio applications in shared spaces.
   *
   * It is created where spaces are shared.
   */
  SHARED_SPACE = 'shared-space',
  /** Execution role of SageMaker pipelines. */
  PIPELINE_EXECUTION = 'pipeline-execution',
  /** Execution role of SageMaker jobs. */
  JOB_EXECUTION = 'job-execution',
  /**
   * Execution role of batch transform jobs, the only role that reads both released models and data.
   *
   * It is created where project templates use batch inference.
   */
  BATCH_INFERENCE = 'batch-inference',
  /** Execution role of hosted models. */
  MODEL_EXECUTION = 'model-execution',
  /**
   * Role of the MLflow tracking server, which reaches the artifacts of runs.
   *
   * It is created where the environment has `mlflow`.
   */
  MLFLOW = 'mlflow',
  /**
   * Role with which SageMaker writes the offline stores of feature groups.
   *
   * It is created where the environment has `featureStore`.
   */
  FEATURE_STORE = 'feature-store',
  /** Role that copies an approved model version for a pipeline. */
  RELEASE = 'release',
  /** Administration role of the stack sets that deploy endpoints, the only role that target accounts trust. */
  STACK_SET_ADMINISTRATOR = 'stack-set-administrator',
  /** Service role of the builds of projects. */
  CODE_BUILD = 'code-build',
  /** Role that lists the accounts to which a model is deployed, for a program of this library and never for code of a repository. */
  DEPLOYMENT_ACCOUNTS = 'deployment-accounts',
  /** Role that copies a released version to the targets of a stage, for a program of this library and never for code of a repository. */
  PROMOTION = 'promotion',
  /**
   * Service role of the builds that make container images, the only role that pushes them.
   *
   * It is created where project templates build images.
   */
  IMAGE_BUILD = 'image-build',
  /**
   * Role that releases container images whose scan has passed, for a program of this library and never for code of a repository.
   *
   * It is created where project templates build images.
   */
  IMAGE_RELEASE = 'image-release',
  /** Service role of the CodePipeline pipelines of projects. */
  CODE_PIPELINE = 'code-pipeline',
  /** Role of the EventBridge rules that start pipelines of projects. */
  EVENTS = 'events',
  /** Launch role of projects, which creates and deletes their resources. */
  PROJECT_LAUNCH = 'project-launch',
  /**
   * Launch role of members, which creates and deletes user profiles.
   *
   * It is created where team administrators add members from a form.
   */
  MEMBER_LAUNCH = 'member-launch',
  /** Role that publishes project templates and seed code. */
  PUBLISHER = 'publisher',
  /** Role that cleans up a Studio domain before it is deleted. */
  STUDIO_CLEAN_UP = 'studio-clean-up',
  /** Role that empties buckets that are destroyed on request. */
  BUCKET_EMPTYING = 'bucket-emptying',
  /** Role that removes the rules of the VPC's default security group. */
  DEFAULT_SECURITY_GROUP = 'default-security-group',
  /** Role that delivers VPC flow logs. */
  FLOW_LOGS = 'flow-logs',
}

/**
 * The IAM roles of an environment in the accounts to which it deploys.
 *
 * The values are short, because the name of the stage is in the role name as well and IAM allows 64 characters.
 */
export enum TargetRole {
  /** Execution role of deployed models. */
  MODEL_EXECUTION = 'model',
  /** Execution role of the stack sets that deploy endpoints. */
  DEPLOYMENT = 'deployment',
  /** Role that invokes endpoints to test them. */
  ENDPOINT_TEST = 'test',
  /** Execution role of the jobs that monitor captured data. */
  MONITORING = 'monitoring',
  /** Role of the schedules that start monitoring jobs. */
  MONITORING_SCHEDULE = 'schedule',
  /** Role that reports alarms of monitors to the environment's account. */
  MONITORING_ALARMS = 'alarms',
  /** Role that writes copies of released models. */
  PROMOTION = 'promotion',
  /** Role that delivers VPC flow logs and exists already, while a new one has a generated name. */
  FLOW_LOGS = 'flow-logs',
}
