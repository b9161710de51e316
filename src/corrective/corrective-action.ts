/** Actions of corrective controls, each on one kind of resource. */
export enum CorrectiveAction {
  /** Stop a training, processing, transform, tuning or AutoML job, whose outputs so far stay. */
  STOP_JOB = 'stop-job',

  /** Delete an endpoint, whose configuration and models stay. */
  DELETE_ENDPOINT = 'delete-endpoint',

  /** Delete an inference component, whose endpoint and models stay. */
  DELETE_INFERENCE_COMPONENT = 'delete-inference-component',

  /** Stop a notebook instance, whose volume stays. */
  STOP_NOTEBOOK = 'stop-notebook',

  /** Delete an application of Studio, whose space and volume stay. */
  DELETE_APPLICATION = 'delete-application',

  /** Block public access to a bucket, whose policy and objects stay. */
  BLOCK_PUBLIC_ACCESS = 'block-public-access',

  /** Revoke rules of a security group that open a port to the internet. */
  REVOKE_SECURITY_GROUP_RULE = 'revoke-security-group-rule',
}
