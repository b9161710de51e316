import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../private/input-check';
import { checkRequired, DURATION } from '../private/required-input';

/** Range of idle time-outs that users may choose for their own spaces. */
export interface IdleShutdownRange {
  /**
   * Minimum idle time-out that a space may set, 60–525,600 minutes.
   *
   * @default Duration.hours(1)
   */
  readonly atLeast?: Duration;

  /**
   * Maximum idle time-out that a space may set, 60–525,600 minutes.
   *
   * @default - the larger of 24 hours and the time-out
   */
  readonly atMost?: Duration;
}

const LEAST = 60;
const MOST = 525_600;

/**
 * Idle shutdown of Studio applications.
 *
 * A busy kernel or terminal keeps an application running.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-idle-shutdown.html
 */
export class IdleShutdown {
  /** What a domain has that says nothing. @internal */
  public static readonly _DEFAULT = IdleShutdown.after(Duration.hours(2));

  /**
   * Stops an application after a time without use.
   *
   * @param timeout 60–525,600 minutes
   * @param range time-outs that users may choose for their own spaces
   * @throws if the time-out is not in the range
   */
  public static after(timeout: Duration, range: IdleShutdownRange = {}): IdleShutdown {
    checkRequired('IdleShutdown.after', { timeout }, { timeout: DURATION });
    const atLeast = range.atLeast ?? Duration.minutes(LEAST);
    const atMost = range.atMost ?? longer(timeout, Duration.hours(24));
    new InputCheck('IdleShutdown')
      .minutesBetween('timeout', timeout, LEAST, MOST)
      .minutesBetween('atLeast', range.atLeast, LEAST, MOST)
      .minutesBetween('atMost', range.atMost, LEAST, MOST)
      .throwIfInvalid();
    new InputCheck('IdleShutdown')
      .that('atLeast', inMinutes(atLeast), (least) => notAbove(least, inMinutes(timeout)), `be at most the time-out of ${timeout.toHumanString()}`)
      .that('atMost', inMinutes(atMost), (most) => notAbove(inMinutes(timeout), most), `be at least the time-out of ${timeout.toHumanString()}`)
      .throwIfInvalid();
    return new IdleShutdown(timeout, atLeast, atMost);
  }

  /** Leaves idle applications running, which cost as much as those in use. */
  public static off(): IdleShutdown {
    return new IdleShutdown();
  }

  private constructor(
    /** Time without use after which an application stops, undefined where it never does. */
    public readonly timeout?: Duration,
    /** Minimum idle time-out that a space may set. */
    public readonly atLeast?: Duration,
    /** Maximum idle time-out that a space may set. */
    public readonly atMost?: Duration,
  ) {}
}

function inMinutes(duration: Duration): number | undefined {
  return duration.isUnresolved() ? undefined : duration.toMinutes();
}

function notAbove(one: number | undefined, other: number | undefined): boolean {
  return one === undefined || other === undefined || one <= other;
}

function longer(one: Duration, other: Duration): Duration {
  if (one.isUnresolved()) return Duration.minutes(MOST);
  return one.toSeconds() > other.toSeconds() ? one : other;
}
