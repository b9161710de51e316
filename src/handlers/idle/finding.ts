import { settings } from './settings';

/** Hours of a month, as AWS counts them in examples of prices. */
const HOURS = 730;

/** Something that nobody has used for a while. */
export interface Finding {
  readonly kind: 'endpoint' | 'application' | 'space' | 'notebook-instance' | 'mlflow-tracking-server';
  readonly arn: string;
  /** Since when, as far as AWS tells. */
  readonly since: string;
  /** What is known, as a sentence. */
  readonly why: string;
  /** What it costs a month by the table of prices; what has no price is none of it. */
  readonly perMonth: number;
  /** What of it has no price. */
  readonly unpriced: readonly string[];
  /** What is done about it where that is chosen; nothing where it cannot be made again, or where its use is not known. */
  readonly action?: { readonly name: string; readonly undo: string; run(): Promise<unknown> };
}

/** What is written each day, `idle/<day>.json`. */
export interface Reported extends Omit<Finding, 'action'> {
  /** What was done, or could be. */
  readonly action?: string;
  readonly outcome: 'reported' | 'done' | 'failed';
  readonly undo?: string;
  readonly reason?: string;
}

/** What is paid of something. */
interface Paid {
  readonly perMonth: number;
  readonly unpriced: string[];
}

/** What instances cost that run all the time. */
export function ofInstances(kind: string, type: string | undefined, count = 1): Paid {
  const price = type === undefined ? undefined : settings().prices.perHour[kind]?.[type];
  return price === undefined ? { perMonth: 0, unpriced: [`${count} × ${kind} ${type ?? 'of unknown type'}`] } : { perMonth: price * HOURS * count, unpriced: [] };
}

/** What storage costs. */
export function ofStorage(kind: string, gigabytes: number | undefined): Paid {
  if (gigabytes === undefined) return { perMonth: 0, unpriced: [] };
  const price = settings().prices.perGbMonth?.[kind];
  return price === undefined ? { perMonth: 0, unpriced: [`${gigabytes} GB of ${kind} storage`] } : { perMonth: price * gigabytes, unpriced: [] };
}

/** Several things that are paid together. */
export function together(...all: Paid[]): Paid {
  return { perMonth: all.reduce((sum, { perMonth }) => sum + perMonth, 0), unpriced: all.flatMap(({ unpriced }) => unpriced) };
}

/** Before this nobody has used what is idle. */
export function limitOf(now: Date): Date {
  return new Date(now.getTime() - settings().days * 86_400_000);
}

/** The latest of some times, of which AWS may not know all. */
export function latest(...times: (Date | undefined)[]): Date | undefined {
  const known = times.flatMap((time) => time?.getTime() ?? []);
  return known.length === 0 ? undefined : new Date(Math.max(...known));
}
