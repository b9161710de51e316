/**
 * The roles of an environment in its data-science account. The values are part of the role's name, so that anybody
 * who knows an environment's name, account and region knows its roles.
 */
export enum EnvironmentRole {
  /** Persona: works in Studio. */
  DATA_SCIENTIST = 'data-scientist',
  /** Persona: works in Studio and prepares data. */
  ML_ENGINEER = 'ml-engineer',
  /** Persona: runs the team's Studio and gives the staging approval. */
  TEAM_ADMINISTRATOR = 'team-administrator',
  /** Persona: runs environments and gives the production approval. */
  DATA_SCIENCE_ADMINISTRATOR = 'data-science-administrator',
  /** What a person's Studio applications run as. */
  STUDIO_EXECUTION = 'studio-execution',
  /** What an ML engineer's Studio applications run as. */
  DATA_PREPARATION = 'data-preparation',
  /** What a SageMaker pipeline orchestrates as. */
  PIPELINE_EXECUTION = 'pipeline-execution',
  /** What runs inside a job. */
  JOB_EXECUTION = 'job-execution',
  /** What batch transform runs as: the only role that reads released models and data. Made where project templates infer in batches. */
  BATCH_INFERENCE = 'batch-inference',
  /** What a hosted model runs as. */
  MODEL_EXECUTION = 'model-execution',
  /** The role of the deploy pipeline that copies an approved model version. */
  RELEASE = 'release',
  /** The administration role of the stack sets that deploy endpoints: the only one that target accounts let in. */
  STACK_SET_ADMINISTRATOR = 'stack-set-administrator',
  /** What builds of projects run as. */
  CODE_BUILD = 'code-build',
  /** What lists the accounts that a model is deployed to: a program of the library's, never code of a repository. */
  DEPLOYMENT_ACCOUNTS = 'deployment-accounts',
  /** What copies a released version to the targets of a stage: a program of the library's, never code of a repository. */
  PROMOTION = 'promotion',
  /** What delivery pipelines of projects run as. */
  CODE_PIPELINE = 'code-pipeline',
  /** What starts a project's delivery pipeline when something happens. */
  EVENTS = 'events',
  /** What makes and removes the resources of a project. */
  PROJECT_LAUNCH = 'project-launch',
  /** Publishing of project templates and seed code. */
  PUBLISHER = 'publisher',
  /** Clean-up of a Studio domain that is being deleted. */
  STUDIO_CLEAN_UP = 'studio-clean-up',
  /** Emptying of buckets that are being destroyed by choice. */
  BUCKET_EMPTYING = 'bucket-emptying',
  /** Closing of the VPC's default security group. */
  DEFAULT_SECURITY_GROUP = 'default-security-group',
  /** Delivery of VPC flow logs. */
  FLOW_LOGS = 'flow-logs',
}

/**
 * The roles of an environment in the accounts to which it deploys. Short, because the stage's name is in the role's
 * name as well and IAM allows 64 characters.
 */
export enum TargetRole {
  /** What a deployed model runs as. */
  MODEL_EXECUTION = 'model',
  /** What deploys endpoint stacks. */
  DEPLOYMENT = 'deployment',
  /** What invokes an endpoint to test it. */
  ENDPOINT_TEST = 'test',
  /** What looks at what endpoints have captured. */
  MONITORING = 'monitoring',
  /** What starts such jobs, hour by hour. */
  MONITORING_SCHEDULE = 'schedule',
  /** What tells the data-science account of alarms of monitors. */
  MONITORING_ALARMS = 'alarms',
  /** What writes copies of released models. */
  PROMOTION = 'promotion',
}
