/** A deny statement of guardrails, as policies write it. */
export interface Guardrail {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>>>;
}

/** Whose work is looked at, by patterns of ARNs of roles. */
export interface Work {
  /** Roles of the environment. */
  readonly own: readonly string[];
  /** Roles whose work others correct. Where it is given, work of neither is looked at as well. */
  readonly others?: readonly string[];
}

/** What a function corrects. */
export interface Settings {
  /** Actions that are looked for. */
  readonly actions: readonly string[];
  /** Those of them that are done; of the others it is only said what would be done. */
  readonly enforced: readonly string[];
  /** Patterns of ARNs that are left alone. */
  readonly allowList: readonly string[];
  readonly maximumActionsPerHour: number;
  readonly guardrails: readonly Guardrail[];
  /** Names of the buckets that are watched. */
  readonly buckets: readonly string[];
  /** Ids of the VPCs whose security groups are watched. */
  readonly vpcs: readonly string[];
  /** Everybody's where it is not given. */
  readonly work?: Work;
  /** The bucket of records. */
  readonly records: string;
  /** The function's own role, whose calls it does not react to. */
  readonly role: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Where the template writes them, in front of the code. */
interface Written {
  CORRECTIVE_SETTINGS?: Settings;
}

/** What the template says. Read at each event, since tests say something else. */
export function settings(): Settings {
  const { CORRECTIVE_SETTINGS: written } = globalThis as Written;
  if (written === undefined) throw new Error('the template gives the function no settings');
  return written;
}
