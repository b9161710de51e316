import { setTimeout as sleep } from 'timers/promises';
import type { Context } from 'aws-lambda';
import { endOfEvent } from '../cloudformation/event';

/** Kept back of the function's time, so that there is some left to say how far it came. */
const RESERVE = 30_000;

/** The pause is doubled so often, while nothing goes. */
const DOUBLINGS = 4;

/** A version of an object, or an upload in parts. */
export interface Item {
  readonly key: string;
  readonly id: string;
}

/** An error that says already which bucket it is about. */
export class BucketError extends Error {}

/** Something of a bucket that is deleted until none of it is listed any more. */
export interface Clearing {
  /** Such as `versions`. */
  readonly what: string;
  /** The first page: what is deleted is not listed again. */
  readonly list: () => Promise<Item[]>;
  /** Deletes a page. Answers why some of it stays, where S3 was only too busy. */
  readonly remove: (items: Item[]) => Promise<Map<Item, string>>;
}

/**
 * Deletes until nothing is listed. What S3 calls deleted and lists all the same is not counted, and is waited for longer and
 * longer; when time is over, it is named.
 */
export async function cleared(bucket: string, { what, list, remove }: Clearing, context: Context): Promise<void> {
  let asked: Item[] = [];
  let refused = new Map<Item, string>();
  for (let gone = 0, idle = 0; ;) {
    const listed = await list();
    if (listed.length === 0) return;
    const names = new Set(listed.map(nameOf));
    const staying = asked.filter((item) => names.has(nameOf(item)));
    gone += asked.length - staying.length;
    idle = staying.length > 0 && staying.length === asked.length ? idle + 1 : 0;
    if (context.getRemainingTimeInMillis() < RESERVE) {
      throw new BucketError(`${bucket} is not empty yet: ${gone} ${what} were deleted in the time there was${reasonOf(staying, refused)}. Delete once more, it goes on from there`);
    }
    if (staying.length > 0) await pause(idle);
    refused = await remove(listed);
    asked = listed;
  }
}

function reasonOf(staying: Item[], refused: Map<Item, string>): string {
  if (staying.length === 0) return '';
  const item = staying.find((one) => refused.has(one)) ?? staying[0];
  const others = staying.length > 1 ? ` and ${staying.length - 1} more stay` : ' stays';
  return `, and ${shown(item.key)}${others} (${refused.get(item) ?? 'S3 says that it is deleted, and lists it still'})`;
}

function pause(idle: number): Promise<void> {
  return sleep(Number(process.env.POLL_MILLISECONDS ?? 2_000) * 2 ** Math.min(idle, DOUBLINGS), undefined, { signal: endOfEvent() });
}

function nameOf({ key, id }: Item): string {
  return `${key} ${id}`;
}

/** A key for people, who do not see control characters. */
export function shown(key: string): string {
  return isPlain(key) ? key : JSON.stringify(key).replace(/[\x7f-\x9f\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether XML 1.0 carries a key, and carries it unchanged. */
export function isPlain(key: string): boolean {
  return key === key.trim() && !/[\x00-\x1f\x7f-\x9f\ufffe\uffff]/.test(key);
}
