/** Retirement of the resources in an account that leaves a stage, or whose organizational unit is taken off it. */
export enum StageRetirement {
  /**
   * Resources are deleted, as long as the account still allows it.
   *
   * Captured data and its KMS key follow their own removal policy.
   */
  DELETE = 'remove',
  /** Resources are retained in the account, where they cost money and are no longer managed by the environment. */
  RETAIN = 'keep',
}
