import { setTimeout as sleep } from 'timers/promises';

/** Between two looks, in milliseconds. */
export const pause = () => Number(process.env.POLL_MILLISECONDS ?? 5_000);

/** Looks at one thing; stacks with a Studio domain take most of an hour. */
const MOST_LOOKS = 1_080;

/** Looks until nothing is seen any more, and answers what is seen still when patience ends. */
export async function untilGone(look: () => Promise<string | undefined>): Promise<string | undefined> {
  let seen = await look();
  for (let looks = 1; seen !== undefined && looks < MOST_LOOKS; looks++) {
    await sleep(pause());
    seen = await look();
  }
  return seen;
}
