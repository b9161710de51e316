import { AsyncLocalStorage } from 'async_hooks';

const events = new AsyncLocalStorage<AbortSignal>();

/**
 * Does the work of one event until the signal says that CloudFormation is being answered. A function that stays warm would
 * otherwise go on with it under its next event, which may want something else.
 */
export function within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return events.run(signal, work);
}

/** Of the event that is worked on; outside of one, nothing ends the work. */
export function endOfEvent(): AbortSignal | undefined {
  return events.getStore();
}

/** Begins an attempt and waits for it, but not beyond the end of the event. */
export async function untilEndOfEvent<T>(attempt: () => Promise<T>): Promise<T> {
  const end = endOfEvent();
  if (end === undefined) return attempt();
  end.throwIfAborted();
  let leave = () => {};
  const over = new Promise<never>((_, reject) => {
    leave = () => reject(end.reason as Error);
    end.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([attempt(), over]);
  } finally {
    end.removeEventListener('abort', leave);
  }
}
