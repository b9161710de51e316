import { setTimeout as sleep } from 'timers/promises';

/** How long to wait. */
export interface Patience {
  /** Milliseconds between two questions. */
  readonly pause: number;
  /** Milliseconds until it is given up. */
  readonly patience: number;
}

/** What a question has found: that it is done, or how far it is. */
export type Progress<T> = { readonly done: T } | { readonly state: string };

/** Asks until it is done. What has failed throws by itself. */
export async function waitedFor<T>(
  what: string, ask: () => Promise<Progress<T>>, { pause, patience }: Patience, say: (text: string) => void,
): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    const progress = await ask();
    if ('done' in progress) return progress.done;
    if (Date.now() >= until) throw new Error(`${what} is still ${progress.state} after ${Math.round(patience / 60_000)} minutes`);
    say(`${what[0].toUpperCase()}${what.slice(1)} is ${progress.state}`);
    await sleep(pause);
  }
}
