/** Prices as the table has them. */
export interface Prices {
  readonly currency: string;
  /** Of an instance for an hour, by kind and type. */
  readonly perHour: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of a gigabyte for a month, by kind. */
  readonly perGbMonth?: Readonly<Record<string, number>>;
}

/** What is looked for, and what is done. */
export interface Settings {
  /** Days without use after which something is idle. */
  readonly days: number;
  /** Actions that are taken; of others it is told what could be done. */
  readonly enforced: readonly string[];
  /** Patterns of ARNs that are left alone. */
  readonly allowList: readonly string[];
  /** Share of a quota in use, in percent, from which it is told; without it nobody looks at quotas. */
  readonly quotaPercentage?: number;
  readonly prices: Prices;
  /** The bucket of records. */
  readonly records: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Where the template writes them, in front of the code. */
interface Written {
  IDLE_SETTINGS?: Settings;
}

/** What the template says. Read at each event, since tests say something else. */
export function settings(): Settings {
  const { IDLE_SETTINGS: written } = globalThis as Written;
  if (written === undefined) throw new Error('the template gives the function no settings');
  return written;
}
