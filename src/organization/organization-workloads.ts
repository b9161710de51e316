/** Networks, keys and buckets of the work in the accounts that an organization guards, such as those of one environment. */
export interface OrganizationWorkloads {
  /** Ids of the subnets in which jobs, models and applications run. */
  readonly subnetIds: string[];

  /**
   * Ids of the VPCs from which records of feature groups are read and written, and from which data is prepared by queries.
   *
   * @default - records and queries are limited to no network by a service control policy
   */
  readonly vpcIds?: string[];

  /** Ids of the security groups that jobs and models may have. */
  readonly securityGroupIds: string[];

  /**
   * Ids of the security groups that domains and user profiles of SageMaker Studio may have.
   *
   * @default - the same as those of jobs
   */
  readonly studioSecurityGroupIds?: string[];

  /** ARNs of the keys with which volumes are encrypted. */
  readonly volumeKeyArns: string[];

  /** ARNs of the keys with which jobs may encrypt what they write. */
  readonly outputKeyArns: string[];

  /**
   * Names of the buckets of offline stores of feature groups.
   *
   * @default - offline stores may be in any bucket that their writer reaches
   */
  readonly offlineStoreBucketNames?: string[];

  /**
   * ARNs of the keys of feature groups.
   *
   * @default - the same as those of jobs
   */
  readonly featureStoreKeyArns?: string[];

  /**
   * Names of the buckets whose objects are reached through VPC endpoints of the organization only.
   *
   * Requests that AWS services make for somebody pass, as do those from `corporateCidrs`. None may be of `offlineStoreBucketNames`, to
   * which SageMaker writes from outside of the VPC.
   *
   * @default - no bucket is limited to networks by a resource control policy
   */
  readonly dataBucketNames?: string[];
}
