import { InputCheck, isKnown } from '../private/input-check';
import { checkRequired, kind } from '../private/required-input';

/** What a period is called, and how many of it a month has at most. */
const PERIODS = { usdPerMonth: 1, usdPerDay: 31 } as const;
type Period = keyof typeof PERIODS;

const REMEDY = 'Leave the limit out where nothing is limited';

/**
 * The most that may be spent in a month or a day, which end at midnight UTC.
 *
 * ```ts
 * import { SpendingLimit } from 'cdk-secure-mlops';
 *
 * SpendingLimit.usdPerMonth(500).combine(SpendingLimit.usdPerDay(50));
 * ```
 */
export class SpendingLimit {
  /**
   * A limit for each calendar month.
   *
   * @param usd US dollars, more than 0
   * @throws if it is no number, or not more than 0
   */
  public static usdPerMonth(usd: number): SpendingLimit {
    return new SpendingLimit(checked('usdPerMonth', usd));
  }

  /**
   * A limit for each calendar day.
   *
   * @param usd US dollars, more than 0
   * @throws if it is no number, or not more than 0
   */
  public static usdPerDay(usd: number): SpendingLimit {
    return new SpendingLimit(checked('usdPerDay', usd));
  }

  private constructor(private readonly amounts: Readonly<Partial<Record<Period, number>>>) {}

  /**
   * Returns a limit that is reached when this one is, or another for the other period.
   *
   * @throws if both limits are for the same period
   */
  public combine(other: SpendingLimit): SpendingLimit {
    const what = 'a SpendingLimit, such as SpendingLimit.usdPerDay(50)';
    checkRequired('SpendingLimit.combine', { other }, { other: kind(what, (value) => value instanceof SpendingLimit) });
    const twice = (Object.keys(PERIODS) as Period[]).filter((period) => this.amounts[period] !== undefined && other.amounts[period] !== undefined);
    new InputCheck('SpendingLimit.combine')
      .every('other', twice, () => false, 'be for another period', 'Give one limit for a month, and one for a day')
      .throwIfInvalid();
    return new SpendingLimit({ ...this.amounts, ...other.amounts });
  }

  /** Limit of a month, in US dollars. @internal */
  public get _perMonth(): number | undefined {
    return this.amounts.usdPerMonth;
  }

  /** Limit of a day, in US dollars. @internal */
  public get _perDay(): number | undefined {
    return this.amounts.usdPerDay;
  }

  /** In words. @internal */
  public get _text(): string {
    return (Object.keys(PERIODS) as Period[]).flatMap((period) => this.amounts[period] === undefined ? [] : `${period}(${this.amounts[period]})`).join(' and ');
  }

  /** Whether it can never be reached, since another limit is reached before. @internal */
  public _isAbove(other: SpendingLimit): boolean {
    const known = (amount: number | undefined) => amount !== undefined && isKnown(amount) ? amount : undefined;
    const perMonth = Math.min(known(other._perMonth) ?? Infinity, (known(other._perDay) ?? Infinity) * PERIODS.usdPerDay);
    return (known(this._perMonth) ?? 0) > perMonth || (known(this._perDay) ?? 0) > Math.min(known(other._perDay) ?? Infinity, perMonth);
  }
}

function checked(period: Period, usd: number): Partial<Record<Period, number>> {
  new InputCheck(`SpendingLimit.${period}`).that('usd', usd ?? 'nothing', (amount) => typeof amount === 'number' && Number.isFinite(amount) && amount > 0, 'be a number of US dollars above 0', REMEDY).throwIfInvalid();
  return { [period]: usd };
}
