/** Kinds of what is paid for by the hour, as tables of prices call them. */
export type Kind = 'training' | 'processing' | 'transform' | 'endpoint' | 'app' | 'notebook' | 'mlflow' | 'cluster';

/** Whom something is counted for, besides the environment. */
export interface Payer {
  /** Name of the user profile. */
  readonly person?: string;
  /** Name of the project. */
  readonly project?: string;
}

/** Instances that are paid for, from one time to another. */
export interface Use extends Payer {
  readonly kind: Kind;
  /** Instance type, or size of a tracking server. */
  readonly type: string;
  readonly count: number;
  /** In milliseconds since 1970, as all times here. */
  readonly start: number;
  /** Undefined while it goes on. */
  readonly end?: number;
  /** How it is stopped, where it can be without a loss of what is stored. */
  readonly stop?: Stop;
}

/** A way to stop something. */
export interface Stop {
  /** For people, such as `training job nightly`; what is the same is stopped once. */
  readonly what: string;
  readonly of: 'jobs' | 'applications';
  readonly call: () => Promise<unknown>;
}

/** Instances of a type. */
export interface Group {
  readonly type?: string;
  readonly count?: number;
}

/** A use of each of the groups of instances that are there. */
export function usesOf(use: Omit<Use, 'type' | 'count'>, groups: readonly Group[]): Use[] {
  return groups.flatMap(({ type, count = 0 }) => type === undefined || count <= 0 ? [] : [{ ...use, type, count }]);
}

/** Instances of a training plan are paid for in advance: no table has a price for them. */
export function typeIn(plan: string | undefined, type: string | undefined): string | undefined {
  return plan === undefined || type === undefined ? type : `${type} of a training plan`;
}
