import { Duration, Token } from 'aws-cdk-lib';
import { BrokenRule, Place, ValidationError } from './invalid-input';

/**
 * Collects every broken rule of a set of props and throws them together, so that people mend them in one go.
 * Tokens pass through unchecked: their value is not known at synth.
 */
export class InputCheck {
  private readonly broken: BrokenRule[] = [];

  constructor(private readonly place: Place) {}

  /** A rule of any shape: `holds` is only asked when the value is given and is no token. */
  that<T>(property: string, value: T | undefined, holds: (value: T) => boolean, rule: string, remedy?: string): this {
    if (value !== undefined && !Token.isUnresolved(value) && !holds(value)) this.broken.push({ property, value, rule, remedy });
    return this;
  }

  /** Something that has to be given: types say so as well, but not to everybody. */
  given(property: string, value: unknown, remedy?: string): this {
    return value === undefined ? this.report(property, value, 'be given', remedy) : this;
  }

  /** A rule for each element of a list, of which only those are shown that break it: a list may be long. */
  every<T>(property: string, values: readonly T[] | undefined, holds: (value: T, index: number) => boolean, rule: string, remedy?: string): this {
    if (values === undefined || Token.isUnresolved(values)) return this;
    const broken = values.filter((value, index) => !holds(value, index));
    return broken.length === 0 ? this : this.report(property, broken, rule, remedy);
  }

  matches(property: string, value: string | undefined, pattern: RegExp, rule: string, remedy?: string): this {
    return this.that(property, value, (text) => pattern.test(text), rule, remedy);
  }

  integerBetween(property: string, value: number | undefined, least: number, most: number, remedy?: string): this {
    return this.that(property, value, (n) => Number.isInteger(n) && n >= least && n <= most, `be a whole number between ${least} and ${most}`, remedy);
  }

  /** A duration in whole minutes between two bounds, both in minutes. */
  minutesBetween(property: string, value: Duration | undefined, least: number, most: number, remedy?: string): this {
    if (value === undefined || value.isUnresolved()) return this;
    const minutes = value.toSeconds() / 60;
    if (Number.isInteger(minutes) && minutes >= least && minutes <= most) return this;
    return this.report(property, value.toHumanString(), `be between ${least} and ${most} whole minutes`, remedy);
  }

  atMost(property: string, values: readonly unknown[] | undefined, most: number, remedy?: string): this {
    return this.that(property, values, (list) => list.length <= most, `have at most ${most} elements`, remedy);
  }

  notEmpty(property: string, values: readonly unknown[] | undefined, remedy?: string): this {
    return this.that(property, values, (list) => list.length > 0, 'have at least one element', remedy);
  }

  unique(property: string, values: readonly string[] | undefined, remedy?: string): this {
    return this.that(property, values, (list) => new Set(list).size === list.length, 'have no element twice', remedy);
  }

  /** Two props of which at most one may be given. */
  notBoth(one: string, oneValue: unknown, other: string, otherValue: unknown, remedy?: string): this {
    if (oneValue === undefined || otherValue === undefined) return this;
    return this.report(one, oneValue, `not be given together with ${other}`, remedy);
  }

  /** A rule that was checked elsewhere and is broken. */
  report(property: string, value: unknown, rule: string, remedy?: string): this {
    this.broken.push({ property, value, rule, remedy });
    return this;
  }

  /** Throws when a rule is broken. */
  done(): void {
    if (this.broken.length > 0) throw new ValidationError(this.place, this.broken);
  }
}
