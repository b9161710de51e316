import { EnvironmentRole } from '../../names';

/** Who writes copies of released models in a target. */
export interface Promotion {
  /** ARNs of the roles of the target that write. */
  readonly roleArns: string[];
  /** The account through whose endpoints it writes. */
  readonly account: string;
}

/** Who fetches models: roles of the environment, and others by their ARN. */
export interface ModelFetchers {
  readonly roles: EnvironmentRole[];
  readonly arns: string[];
}

/** What is not open unless it was asked for. */
export interface BucketOptions {
  /** To whom Athena opens the data bucket. */
  readonly queriedBy?: EnvironmentRole[];
  /** Who writes copies of models. */
  readonly promotion?: Promotion;
  /**
   * Those for whom SageMaker fetches released models, or copies of them, from its own network. By their ARN alone: AWS names
   * nothing by which that network could be told from others, and containers of models have no credentials to lose, because
   * they are isolated.
   */
  readonly fetchers?: ModelFetchers;
  /** Public addresses from which people read reports of evaluations in their browser. */
  readonly peopleCidrs?: string[];
}

/** The default: models come through endpoints alone. */
export const NOBODY: ModelFetchers = { roles: [], arns: [] };

/** What of a bucket is open to requests from elsewhere. */
export interface Openings {
  /** To the endpoints of the stages. */
  readonly stages?: boolean;
  /** To these roles, from a service's own network. */
  readonly readers?: EnvironmentRole[];
  /** To these roles, where a service forwards their request. */
  readonly forwardedReaders?: EnvironmentRole[];
  /** To these roles, whatever they ask: a service that has assumed them works from its own network. */
  readonly services?: EnvironmentRole[];
  /** To these roles, from a service's own network, to write and to look at settings: they read nothing. */
  readonly writers?: EnvironmentRole[];
  /** To these, who find the bucket and read its objects, from SageMaker's own network. */
  readonly fetchers?: ModelFetchers;
  /** To these roles, where Athena runs their queries. */
  readonly queriedBy?: EnvironmentRole[];
  /** To these roles of people, from their addresses. */
  readonly browsers?: EnvironmentRole[];
}
