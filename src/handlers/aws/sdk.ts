import { untilEndOfEvent } from '../cloudformation/event';

/** For a call whose answer is small. */
const TIMEOUT = 15_000;

/** Milliseconds that a connection takes at most. */
const CONNECTING = 5_000;

/** As much of a client of the AWS SDK as every one of them has. */
interface SdkClient {
  readonly middlewareStack: {
    add(middleware: (next: Step) => Step, options: { name: string; step: 'finalizeRequest'; priority: 'low' }): void;
  };
}
// The SDK types the arguments of each client for itself, and here nobody looks at them.
type Step = (args: never) => Promise<never>;

/**
 * Settings of a client: patient with throttling, impatient with a connection that hangs, which would eat the time of the function.
 * Without `throwOnRequestTimeout` the SDK only warns of a request that takes too long, and of an answer that stops half-way
 * nothing but `socketTimeout` knows.
 *
 * @param timeout milliseconds of one attempt
 */
export function patient(timeout = TIMEOUT) {
  const limit = Number(process.env.CALL_MILLISECONDS ?? timeout);
  return {
    maxAttempts: 8,
    requestHandler: { connectionTimeout: CONNECTING, requestTimeout: limit, socketTimeout: limit, throwOnRequestTimeout: true },
  };
}

/** The client, which asks AWS for nothing more once CloudFormation is being answered: each attempt of each call ends with the event. */
export function endingWithEvent<C>(client: C): C {
  const { middlewareStack } = client as C & SdkClient;
  middlewareStack.add((next) => (args) => untilEndOfEvent(() => next(args)), { name: 'endingWithEvent', step: 'finalizeRequest', priority: 'low' });
  return client;
}

/** Every element of every page of a list. */
export async function everyPage<P, T>(pages: AsyncIterable<P>, elements: (page: P) => T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(elements(page) ?? []));
  return all;
}
