import { Prices } from './settings';
import { Use } from './use';
import { RecordsBucket, Stored, readRecord } from '../aws/records';

type Amounts = Record<string, number>;

/** What was spent in a day, in US dollars. */
export interface Day {
  total: number;
  byPerson: Amounts;
  byProject: Amounts;
}

/** What was spent in a month, in US dollars, and how far that is counted. */
export interface Ledger extends Day {
  /** Such as `2026-11`. */
  readonly month: string;
  /** Everything before is counted. */
  through: string;
  byKind: Amounts;
  readonly days: Record<string, Day>;
  /** Hours of instances without a price, by kind and type. */
  readonly unpriced: Amounts;
  /** Shares of limits that people were told of, by limit, and types without a price. */
  readonly told: Amounts;
  /** What people have not been told, since the invocation failed. */
  unsaid?: string[];
}

const HOUR = 3_600_000, DAY = 24 * HOUR;

export const ledgerKey = (month: string) => `ledger/${month}.json`;
export const monthOf = (time: number) => new Date(time).toISOString().slice(0, 7);
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
/** When a month begins, and when the one after it does. */
export const startOf = (month: string) => Date.parse(`${month}-01T00:00:00Z`);
export const endOf = (month: string) => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1);

/** A ledger of a month in which nothing is counted yet. */
export function emptyLedger(month: string): Ledger {
  return { month, through: new Date(startOf(month)).toISOString(), ...emptyDay(), byKind: {}, days: {}, unpriced: {}, told: {} };
}

function emptyDay(): Day {
  return { total: 0, byPerson: {}, byProject: {} };
}

/** Reads the ledger of a month; undefined where there is none. One that cannot be read is nobody's to overwrite. */
export async function ledgerOf(bucket: RecordsBucket, month: string): Promise<Stored<Ledger> | undefined> {
  const stored = await readRecord<Ledger>(bucket, ledgerKey(month));
  if (stored !== undefined && (stored.value.month !== month || !(Date.parse(stored.value.through) >= startOf(month)))) {
    throw new Error(`${ledgerKey(month)} is no ledger of ${month}: restore an earlier version of it, or delete it, and what AWS still lists is counted anew`);
  }
  return stored;
}

/** Counts what is paid for between the time through which the ledger counts, and another one of its month. */
export function count(ledger: Ledger, uses: readonly Use[], until: number, prices: Prices): void {
  const from = Date.parse(ledger.through);
  if (until <= from) return; // somebody has set a clock back: what is counted stays counted
  for (const use of uses) {
    const end = Math.min(use.end ?? until, until);
    for (let start = Math.max(use.start, from); start < end;) {
      const next = Math.min(end, Math.floor(start / DAY) * DAY + DAY);
      add(ledger, use, start, next, prices);
      start = next;
    }
  }
  ledger.through = new Date(until).toISOString();
}

/** Counts a part of a day. */
function add(ledger: Ledger, { kind, type, count: instances, person, project }: Use, start: number, end: number, { perHour }: Prices): void {
  const hours = (end - start) / HOUR * instances, ofKind = perHour[kind] ?? {};
  if (!Object.hasOwn(ofKind, type)) return raise(ledger.unpriced, `${kind} ${type}`, hours);
  const usd = hours * ofKind[type], day = ledger.days[dayOf(start)] ??= emptyDay();
  raise(ledger.byKind, kind, usd);
  for (const amounts of [ledger, day]) {
    amounts.total += usd;
    if (person !== undefined) raise(amounts.byPerson, person, usd);
    if (project !== undefined) raise(amounts.byProject, project, usd);
  }
}

/** Names are people's: one may be called as something that every object has. */
function raise(amounts: Amounts, name: string, by: number): void {
  amounts[name] = spent(amounts, name) + by;
}

export function spent(amounts: Amounts | undefined, name: string): number {
  return amounts !== undefined && Object.hasOwn(amounts, name) ? amounts[name] : 0;
}
