/** What becomes of what was deployed in an account that leaves a stage, or whose organizational unit is taken off it. */
export enum StageRetirement {
  /** It is removed, as long as the account still lets us in. What is captured there, and its key, follow their own removal policy. */
  REMOVE = 'remove',
  /** It stays in the account, and goes on costing money, and nobody here knows of it any more. */
  KEEP = 'keep',
}
