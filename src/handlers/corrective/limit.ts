import { setTimeout as sleep } from 'timers/promises';
import { read, write } from './records';
import { settings } from './settings';

/** What was done in an hour. */
interface Hour {
  /** Decisions that have a place among those that are done. */
  readonly actions: readonly string[];
  /** Whether people were told that there are more. */
  readonly isTold: boolean;
}

/** Whether a decision is among those of the hour that may be done. */
export interface Place {
  readonly isGranted: boolean;
  /** Whether it is the first for which there was no place. */
  readonly isFirstBeyond: boolean;
}

/** Others take places at the same time; each try but one is somebody's success. */
const TRIES = 50;

/** Hours that were seen full: nothing is asked again for them. */
const full = new Set<string>();

/** Takes a place among the actions of this hour. The same decision takes the same place, however often it is tried. */
export async function place(decision: string, now = new Date()): Promise<Place> {
  const key = `actions/${now.toISOString().slice(0, 13)}.json`;
  if (full.has(key)) return { isGranted: false, isFirstBeyond: false };
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await read<Hour>(key);
    const { actions, isTold } = stored?.value ?? { actions: [], isTold: false };
    if (actions.includes(decision)) return { isGranted: true, isFirstBeyond: false };
    const isGranted = actions.length < settings().maximumActionsPerHour;
    if (!isGranted && isTold) {
      full.add(key);
      return { isGranted, isFirstBeyond: false };
    }
    const next: Hour = isGranted ? { actions: [...actions, decision], isTold } : { actions, isTold: true };
    if (await write(key, next, stored)) return { isGranted, isFirstBeyond: !isGranted };
    await sleep(Math.random() * 50);
  }
  throw new Error(`no place among the actions of the hour could be taken in ${TRIES} tries`);
}
