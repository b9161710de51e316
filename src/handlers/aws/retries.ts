import { setTimeout as sleep } from 'timers/promises';
import { AdaptiveRetryStrategy, isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type ErrorInfo = Parameters<AdaptiveRetryStrategy['refreshRetryTokenForRetry']>[1];
type Token = Parameters<AdaptiveRetryStrategy['recordSuccess']>[0];
type Judged = Parameters<typeof isThrottlingError>[0];

/**
 * Asks again as the SDK's retry strategy says: with growing, random pauses, and more slowly altogether once a service has
 * asked for that. The error itself comes out when the strategy has had enough.
 */
export async function retried<T>(strategy: AdaptiveRetryStrategy, attempt: () => Promise<T>): Promise<T> {
  let token = await strategy.acquireInitialRetryToken('') as Token;
  for (;;) {
    try {
      const result = await attempt();
      strategy.recordSuccess(token);
      return result;
    } catch (error) {
      const judged = { error: error as Judged, errorType: typeOf(error as Judged) };
      token = await strategy.refreshRetryTokenForRetry(token, judged).catch(() => { throw error; }) as Token;
      await sleep(token.getRetryDelay());
    }
  }
}

function typeOf(error: Judged): ErrorInfo['errorType'] {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}
