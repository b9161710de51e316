import { Broken, Target } from './seen';
import { settings } from './settings';
import { readRecord, Stored, writeRecord } from '../aws/records';

export type { Stored };

/** What became of a resource that breaks a rule. */
export type Outcome = 'open' | 'dry-run' | 'corrected' | 'limited' | 'gone' | 'failed' | 'undone';

/** The record of a decision. */
export interface Decision {
  readonly id: string;
  readonly at: string;
  /** `open` while it is being done. */
  readonly outcome: Outcome;
  readonly action: string;
  readonly arn: string;
  readonly broken: readonly Broken[];
  /** What it was like. */
  readonly about: unknown;
  /** Commands that put back what was there. */
  readonly undo: readonly string[];
  /** The exception that an undo makes. */
  readonly exception: string;
  /** The call that made or changed it, where CloudTrail told of it. */
  readonly call?: Target['call'];
  /** The invocation that does it. Retries of an invocation have its id. */
  readonly invocation: string;
  readonly why?: string;
}

export const decisionKey = (id: string) => `decisions/${id}.json`;
export const exceptionKey = (exception: string) => `exceptions/${exception}.json`;

/** Reads an object; undefined where there is none. */
export function read<T>(key: string): Promise<Stored<T> | undefined> {
  return readRecord<T>(settings(), key);
}

/** Writes an object, if nobody else has since it was read: false if somebody has. */
export function write(key: string, value: object, before: Stored<unknown> | undefined): Promise<boolean> {
  return writeRecord(settings(), key, value, before);
}
