/** Amounts in US dollars. */
export interface Limit {
  readonly month?: number;
  readonly day?: number;
}

/** Prices as the table has them: of an instance for an hour, by kind and type. */
export interface Prices {
  readonly perHour: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Roles that are denied new work while they bear tags, and the tags. */
export interface DenialSettings {
  readonly roles: readonly string[];
  readonly environment: string;
  readonly persons: readonly string[];
  readonly projects: readonly string[];
}

/** Whose spending is metered, and what it may be. */
export interface Settings {
  readonly environment: string;
  readonly domainId: string;
  /** What names of the environment's roles begin with. */
  readonly rolePrefix: string;
  /** ARNs of its roles that are called otherwise. */
  readonly roles: readonly string[];
  readonly limits: {
    readonly environment: Limit;
    readonly person?: Limit;
    readonly persons: Readonly<Record<string, Limit>>;
    readonly project?: Limit;
    readonly projects: Readonly<Record<string, Limit>>;
  };
  /** Percentages of limits that people are told of, in their order, the limit itself among them. */
  readonly shares: readonly number[];
  /** Undefined where nothing is denied. */
  readonly denial?: DenialSettings;
  readonly stopsJobs: boolean;
  readonly stopsApplications: boolean;
  readonly prices: Prices;
  /** The bucket of ledgers and reports. */
  readonly records: string;
  readonly region: string;
  readonly account: string;
}

/** Where the template writes them, in front of the code. */
interface Written {
  SPENDING_SETTINGS?: Settings;
}

/** What the template says. Read at each event, since tests say something else. */
export function settings(): Settings {
  const { SPENDING_SETTINGS: written } = globalThis as Written;
  if (written === undefined) throw new Error('the template gives the function no settings');
  return written;
}
