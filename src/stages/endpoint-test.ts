import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../private/input-check';

/** Options of the test of an endpoint. */
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

/** Test that an endpoint of a stage must pass before the deployment goes on. */
export class EndpointTest {
  /** Sends the sample payload of the model package to the endpoint, and checks latency and errors of the responses. */
  public static withSamplePayload(options: EndpointTestOptions = {}): EndpointTest {
    return new EndpointTest(options);
  }

  /** Maximum latency of 95 percent of the responses (p95). */
  public readonly p95Latency: Duration;
  /** Maximum percentage of requests that may fail. */
  public readonly errorPercentage: number;
  /** Number of requests. */
  public readonly requests: number;

  private constructor({ p95Latency, errorPercentage, requests }: EndpointTestOptions) {
    this.p95Latency = p95Latency ?? Duration.seconds(1);
    this.errorPercentage = errorPercentage ?? 0;
    this.requests = requests ?? 100;
    new InputCheck('EndpointTest')
      .that('errorPercentage', this.errorPercentage, (percent) => percent >= 0 && percent <= 100, 'be between 0 and 100')
      .integerBetween('requests', this.requests, 1, 10_000)
      .latency('p95Latency', this.p95Latency)
      .throwIfInvalid();
  }
}
