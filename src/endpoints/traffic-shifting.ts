import { Duration, Token } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { wholeSeconds } from './private/whole-seconds';
import { InputCheck } from '../private/input-check';

/** Options of traffic shifting in steps. */
export interface TrafficShiftingOptions {
  /**
   * Size of the canary, 1–50, or of each linear step, 10–50, in percent of capacity.
   *
   * @default - 10 for a canary, 25 for linear steps
   */
  readonly percentage?: number;

  /**
   * Time for which each step is watched, up to 1 hour.
   *
   * @default - Duration.minutes(10) for a canary, Duration.minutes(5) for linear steps
   */
  readonly waitInterval?: Duration;
}

/**
 * Traffic shifting from the old fleet of an endpoint to the new one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html
 */
export class TrafficShifting {
  /** Shifts all traffic at once. */
  public static allAtOnce(waitInterval: Duration = Duration.minutes(10)): TrafficShifting {
    return new TrafficShifting({ type: 'ALL_AT_ONCE', waitIntervalInSeconds: wholeSeconds('TrafficShifting', 'waitInterval', waitInterval, 0, 3600) }, 1);
  }

  /** Shifts a small portion of the traffic, watches it, and shifts the rest. */
  public static canary(options: TrafficShiftingOptions = {}): TrafficShifting {
    const { percentage = 10, waitInterval = Duration.minutes(10) } = options;
    new InputCheck('TrafficShifting').integerBetween('percentage', percentage, 1, 50, 'A canary is at most half of the fleet').throwIfInvalid();
    return new TrafficShifting({
      type: 'CANARY', canarySize: { type: 'CAPACITY_PERCENT', value: percentage }, waitIntervalInSeconds: wholeSeconds('TrafficShifting', 'waitInterval', waitInterval, 0, 3600),
    }, 2);
  }

  /** Shifts traffic in equal steps, each of which is watched. */
  public static linear(options: TrafficShiftingOptions = {}): TrafficShifting {
    const { percentage = 25, waitInterval = Duration.minutes(5) } = options;
    new InputCheck('TrafficShifting').integerBetween('percentage', percentage, 10, 50, 'SageMaker shifts in 2 to 10 steps').throwIfInvalid();
    return new TrafficShifting({
      type: 'LINEAR', linearStepSize: { type: 'CAPACITY_PERCENT', value: percentage }, waitIntervalInSeconds: wholeSeconds('TrafficShifting', 'waitInterval', waitInterval, 0, 3600),
    }, Token.isUnresolved(percentage) ? 1 : Math.ceil(100 / percentage));
  }

  private constructor(
    /** As CloudFormation takes it. @internal */
    public readonly _configuration: CfnEndpoint.TrafficRoutingConfigProperty,
    /** How often it waits for as long as it bakes. */
    private readonly steps: number,
  ) {}

  /** How long it waits in all, in seconds, as far as that is known at synth. @internal */
  public get _waiting(): number {
    const { waitIntervalInSeconds: waitInterval } = this._configuration;
    return waitInterval === undefined || Token.isUnresolved(waitInterval) ? 0 : waitInterval * this.steps;
  }
}
