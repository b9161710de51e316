import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../private/input-check';

/**
 * Test that an endpoint of a stage must pass before the deployment goes on.
 *
 * The sample payload of the model package is sent to the endpoint, and latency and errors of the responses are checked.
 */
export interface EndpointTestOptions {
  /**
   * Maximum latency of 95 percent of the responses (p95), from 1 millisecond to 60 seconds.
   *
   * @default Duration.seconds(1)
   */
  readonly p95Latency?: Duration;

  /**
   * Maximum percentage of requests that may fail, 0–100.
   *
   * @default 0
   */
  readonly errorPercentage?: number;

  /**
   * Number of requests, 1–10,000.
   *
   * @default 100
   */
  readonly requests?: number;
}

/** The test with its defaults. */
export function endpointTestOf(check: InputCheck, given: EndpointTestOptions = {}): Required<EndpointTestOptions> {
  const { p95Latency = Duration.seconds(1), errorPercentage = 0, requests = 100 } = given;
  check.that('endpointTest.errorPercentage', errorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
    .integerBetween('endpointTest.requests', requests, 1, 10_000)
    .latency('endpointTest.p95Latency', p95Latency);
  return { p95Latency, errorPercentage, requests };
}
