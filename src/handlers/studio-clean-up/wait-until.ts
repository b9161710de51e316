import { setTimeout as sleep } from 'timers/promises';
import type { Context } from 'aws-lambda';
import { endOfEvent } from '../cloudformation/event';

/** Kept back of the function's time, so that there is some left to say what is in the way. */
const RESERVE = 30_000;

/** How long to wait between two looks at something that takes time. */
const pause = () => sleep(Number(process.env.POLL_MILLISECONDS ?? 5_000), undefined, { signal: endOfEvent() });

/** Looks again and again until nothing is in the way any more, or the time of the function is over. */
export async function untilNothingIsLeft(context: Context, where: string, step: () => Promise<string[]>): Promise<void> {
  for (;;) {
    const left = await step();
    if (left.length === 0) return;
    if (context.getRemainingTimeInMillis() < RESERVE) {
      throw new Error(`${where}: the time of the function is over and this is still in the way: ${shortened(left)}. Delete again to go on.`);
    }
    await pause();
  }
}

/** A list that people read: CloudFormation shows the first few hundred characters. */
export function shortened(names: string[], most = 8): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
