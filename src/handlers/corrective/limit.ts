import { setTimeout as sleep } from 'timers/promises';
import { read, write } from './records';
import { settings } from './settings';

/** What was done lately. */
interface Lately {
  /** Decisions that have a place among those that are done, and when they got it. */
  readonly actions: readonly { readonly id: string; readonly at: number }[];
  /** When people were told that there are more. */
  readonly toldAt?: number;
}

/** Whether a decision is among those that may be done. */
export interface Place {
  readonly isGranted: boolean;
  /** Whether it is the first in an hour for which there was no place. */
  readonly isFirstBeyond: boolean;
}

const KEY = 'actions/lately.json';
const HOUR = 3_600_000;
const NONE: Place = { isGranted: false, isFirstBeyond: false };

/** Others take places at the same time; each try but one is somebody's success. */
const TRIES = 50;

/** Until when there is no place, and people know: nothing is asked again until then. */
let fullUntil = 0;

/**
 * Takes a place among the actions of the last sixty minutes, so that no turn of the clock makes twice as many of them. The same
 * decision takes the same place, however often it is tried.
 */
export async function place(decision: string, now = Date.now()): Promise<Place> {
  if (now < fullUntil) return NONE;
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await read<Lately>(KEY);
    const actions = (stored?.value.actions ?? []).filter(({ at }) => now - at < HOUR), { toldAt = 0 } = stored?.value ?? {};
    if (actions.some(({ id }) => id === decision)) return { isGranted: true, isFirstBeyond: false };
    const isGranted = actions.length < settings().maximumActionsPerHour;
    if (!isGranted && now - toldAt < HOUR) {
      fullUntil = Math.min(actions[0].at, toldAt) + HOUR;
      return NONE;
    }
    const next: Lately = isGranted ? { actions: [...actions, { id: decision, at: now }], toldAt } : { actions, toldAt: now };
    if (await write(KEY, next, stored)) return { isGranted, isFirstBeyond: !isGranted };
    await sleep(Math.random() * 50);
  }
  throw new Error(`no place among the actions of the hour could be taken in ${TRIES} tries`);
}
