import { Duration } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { wholeSeconds } from './private/whole-seconds';
import { TrafficShifting } from './traffic-shifting';
import { InputCheck } from '../private/input-check';

/** Options of a blue/green update. */
export interface BlueGreenUpdateOptions {
  /**
   * Traffic shifting to the new fleet.
   *
   * @default TrafficShifting.canary()
   */
  readonly trafficShifting?: TrafficShifting;

  /**
   * Time for which the old fleet is kept after all traffic was shifted, up to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationWait?: Duration;

  /**
   * Maximum time of the update before it is rolled back, 10 minutes to 8 hours.
   *
   * @default Duration.hours(2)
   */
  readonly maximumExecutionTime?: Duration;
}

/** Options of a rolling update. */
export interface RollingUpdateOptions {
  /**
   * Size of each batch in percent of capacity, 5–50.
   *
   * @default 25
   */
  readonly batchPercentage?: number;

  /**
   * Time for which each batch is watched before the next, up to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly waitInterval?: Duration;

  /**
   * Size of each batch of a rollback in percent of capacity, 5–100.
   *
   * @default 100
   */
  readonly rollbackBatchPercentage?: number;

  /**
   * Maximum time of the update before it is rolled back, 10 minutes to 8 hours.
   *
   * @default Duration.hours(2)
   */
  readonly maximumExecutionTime?: Duration;
}

/**
 * Strategy of an endpoint update, which alarms watch and roll back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 */
export class EndpointUpdate {
  /**
   * Shifts traffic to a new fleet and keeps the old one until the update has succeeded.
   *
   * It needs twice the instances for a while.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html
   */
  public static blueGreen(options: BlueGreenUpdateOptions = {}): EndpointUpdate {
    const { trafficShifting = TrafficShifting.canary(), terminationWait = Duration.minutes(5), maximumExecutionTime = Duration.hours(2) } = options;
    const maximumExecutionTimeoutInSeconds = wholeSeconds('EndpointUpdate', 'maximumExecutionTime', maximumExecutionTime, 600, 28_800);
    const waiting = known(terminationWait) + trafficShifting._waiting;
    if (!maximumExecutionTime.isUnresolved() && maximumExecutionTime.toSeconds() <= waiting) {
      new InputCheck('EndpointUpdate').report('maximumExecutionTime', maximumExecutionTime.toHumanString(),
        `be more than what the update waits by itself, ${waiting} seconds`, 'It would always be rolled back').throwIfInvalid();
    }
    return new EndpointUpdate({
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: trafficShifting._configuration,
        terminationWaitInSeconds: wholeSeconds('EndpointUpdate', 'terminationWait', terminationWait, 0, 3600),
        maximumExecutionTimeoutInSeconds,
      },
    });
  }

  /**
   * Replaces instances batch by batch, for large instances of which a second fleet is not available.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-rolling.html
   */
  public static rolling(options: RollingUpdateOptions = {}): EndpointUpdate {
    const { batchPercentage = 25, rollbackBatchPercentage = 100 } = options;
    const { waitInterval = Duration.minutes(5), maximumExecutionTime = Duration.hours(2) } = options;
    new InputCheck('EndpointUpdate')
      .integerBetween('batchPercentage', batchPercentage, 5, 50)
      .integerBetween('rollbackBatchPercentage', rollbackBatchPercentage, 5, 100)
      .throwIfInvalid();
    return new EndpointUpdate({
      rollingUpdatePolicy: {
        maximumBatchSize: { type: 'CAPACITY_PERCENT', value: batchPercentage },
        waitIntervalInSeconds: wholeSeconds('EndpointUpdate', 'waitInterval', waitInterval, 0, 3600),
        rollbackMaximumBatchSize: { type: 'CAPACITY_PERCENT', value: rollbackBatchPercentage },
        maximumExecutionTimeoutInSeconds: wholeSeconds('EndpointUpdate', 'maximumExecutionTime', maximumExecutionTime, 600, 28_800),
      },
    });
  }

  /** The same for a variant of which nothing can go over in parts: all at once, watched as long as a part would be. @internal */
  public static _atOnce(update: EndpointUpdate): EndpointUpdate {
    if (update._inParts === undefined) return update;
    const { blueGreenUpdatePolicy, rollingUpdatePolicy } = update._configuration as Policies;
    const rolling = { ...rollingUpdatePolicy!, terminationWaitInSeconds: 0 };
    const { terminationWaitInSeconds, maximumExecutionTimeoutInSeconds } = blueGreenUpdatePolicy ?? rolling;
    const { waitIntervalInSeconds } = blueGreenUpdatePolicy?.trafficRoutingConfiguration ?? rolling;
    return new EndpointUpdate({
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: { type: 'ALL_AT_ONCE', waitIntervalInSeconds }, terminationWaitInSeconds, maximumExecutionTimeoutInSeconds,
      },
    });
  }

  private constructor(
    /** As CloudFormation takes it. @internal */
    public readonly _configuration: CfnEndpoint.DeploymentConfigProperty,
  ) {}

  /** True if instances are replaced batch by batch. */
  public get isRolling(): boolean {
    return this._configuration.rollingUpdatePolicy !== undefined;
  }

  /** How it goes over in parts, of which each is at most half of a variant; nothing where all goes over at once. @internal */
  public get _inParts(): string | undefined {
    if (this.isRolling) return 'ROLLING';
    const type = (this._configuration as Policies).blueGreenUpdatePolicy?.trafficRoutingConfiguration.type;
    return type === 'ALL_AT_ONCE' ? undefined : type;
  }
}

type BlueGreen = CfnEndpoint.BlueGreenUpdatePolicyProperty & { readonly trafficRoutingConfiguration: CfnEndpoint.TrafficRoutingConfigProperty };

/** What is in a configuration that this file has written. */
interface Policies {
  readonly blueGreenUpdatePolicy?: BlueGreen;
  readonly rollingUpdatePolicy?: CfnEndpoint.RollingUpdatePolicyProperty;
}

/** In seconds, as far as it is known at synth. */
function known(time: Duration): number {
  return time.isUnresolved() ? 0 : time.toSeconds();
}
