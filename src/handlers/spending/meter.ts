import { Cap, capsAt, isOf, news, reached, withoutPrice } from './caps';
import { deny, wantedTags } from './denial';
import { count, emptyLedger, endOf, Ledger, ledgerKey, ledgerOf, monthOf, spent } from './ledger';
import { reportKey, reportOf, textOf } from './report';
import { Settings, settings } from './settings';
import { Stop, Use } from './use';
import { usesSince } from './uses/all';
import { described } from '../aws/faults';
import { readRecord, Stored, writeRecord } from '../aws/records';
import { isGone } from '../corrective/faults';

/** What the function answers, and writes to its log. */
export interface Answer {
  /** Whether people are told. */
  readonly tell: boolean;
  /** For people. */
  readonly message: string;
  readonly month: string;
  readonly total: number;
  /** Limits that are reached. */
  readonly reached: readonly string[];
}

/** How many months back a ledger is looked for that nobody has closed. */
const MONTHS_BACK = 12;

/** Longer than a message of SNS may be, in characters that may be two bytes each. */
const LONGEST_MESSAGE = 100_000;

/** Counts what is spent since the last time, tells and denies where a limit is near or reached, and closes months that are over. */
export async function meter(now: number): Promise<Answer> {
  const given = settings(), begun = await latestLedger(given, now), said = [...begun?.value.unsaid ?? []];
  let ledger = structuredClone(begun?.value) ?? firstLedger(now, said);
  const uses = await usesSince(Date.parse(ledger.through));
  let stored = begun;
  for (; endOf(ledger.month) <= now; stored = undefined, ledger = emptyLedger(monthOf(endOf(ledger.month)))) {
    count(ledger, uses, endOf(ledger.month), given.prices);
    said.push(await closed(ledger, stored, given));
  }
  count(ledger, uses, now, given.prices);
  const caps = capsAt(ledger, now, given), full = reached(caps);
  const faults: string[] = [];
  const attempt = async (what: string, act: () => Promise<unknown>) => act().catch((error: unknown) => { if (!isGone(error)) faults.push(`${what}: ${described(error)}`); });
  await attempt('Denying new work', () => denied(given, full, ledger, said));
  for (const { what, call } of stopsOf(uses, full, given)) await attempt(`Stopping ${what}`, call);
  // A failure is tried again the next time. People hear of nothing until then: Lambda hands on no answer.
  if (faults.length === 0) said.push(...news(ledger, caps, given), ...withoutPrice(ledger));
  ledger.unsaid = faults.length === 0 ? undefined : said;
  await written(ledger, stored, given);
  if (faults.length > 0) throw new Error(faults.join('; '));
  return { tell: said.length > 0, message: said.join('\n\n').slice(0, LONGEST_MESSAGE), month: ledger.month, total: ledger.total, reached: full.map(({ key }) => key) };
}

/** The ledger of this month, or else the latest one, which then is closed. */
async function latestLedger(given: Settings, now: number): Promise<Stored<Ledger> | undefined> {
  let month = monthOf(now);
  for (let back = 0; back <= MONTHS_BACK; back++) {
    const stored = await ledgerOf(given, month);
    // One that has its report is closed already: what came after it was lost.
    if (stored !== undefined) return back > 0 && await readRecord(given, reportKey(month)) !== undefined ? undefined : stored;
    month = monthOf(Date.parse(`${month}-01T00:00:00Z`) - 1);
  }
  return undefined;
}

function firstLedger(now: number, said: string[]): Ledger {
  const ledger = emptyLedger(monthOf(now));
  said.push(`There was no ledger of ${ledger.month}. It is counted from the first day of the month: jobs as AWS lists them, and all else that still runs since it was started.`);
  return ledger;
}

/** Ends a month, and says what it was. */
async function closed(ledger: Ledger, stored: Stored<Ledger> | undefined, given: Settings): Promise<string> {
  const report = reportOf(ledger, given);
  await written(ledger, stored, given);
  await writeRecord(given, reportKey(ledger.month), report, await readRecord(given, reportKey(ledger.month)));
  return textOf(report);
}

/** Nobody else writes ledgers: whoever has, or whatever, people should look. */
async function written(ledger: Ledger, stored: Stored<Ledger> | undefined, given: Settings): Promise<void> {
  if (!await writeRecord(given, ledgerKey(ledger.month), ledger, stored)) throw new Error(`somebody else has written ${ledgerKey(ledger.month)} meanwhile`);
}

async function denied(given: Settings, full: readonly Cap[], { told }: Ledger, said: string[]): Promise<void> {
  if (given.denial === undefined) return;
  const { tags, left } = wantedTags(given.denial, full);
  await deny(given.denial, tags, given);
  const isNew = full.some(({ key }) => spent(told, key) < 100);
  if (left.length > 0 && isNew) said.push(`At their limits, and not denied, since the roles' tags have no room for more names: ${left.join(', ')}.`);
}

/** What is stopped, each once. */
function stopsOf(uses: readonly Use[], full: readonly Cap[], { stopsJobs, stopsApplications }: Settings): Stop[] {
  const chosen = { jobs: stopsJobs, applications: stopsApplications };
  const stops = uses.filter((use) => full.some((cap) => isOf(cap, use))).flatMap(({ stop }) => stop !== undefined && chosen[stop.of] ? [stop] : []);
  return [...new Map(stops.map((stop) => [stop.what, stop])).values()];
}
