import { Duration, Size, Token } from 'aws-cdk-lib';
import { BrokenRule, ErrorScope, ValidationError } from './invalid-input';

const ACCOUNT_ID = /^\d{12}$/;
/** The same, as a form asks for it. */
export const ACCOUNT_RULE = { pattern: '^[0-9]{12}$', rule: 'be the 12 digits of an account id' };
/** In files of JSON and YAML a number loses the zeros that it begins with. */
const IN_QUOTES = 'Put it in quotes: as a number it would lose zeros at its beginning';
const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
/** IAM's and SageMaker's pattern of tags: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const TAG_VALUE_RULE = 'be at most 256 letters, digits, spaces and _.:/=+-@, as IAM and SageMaker take tags';
/** Owners, as a form asks for them. */
export const OWNER_RULE = { pattern: TAG_VALUE.source.replace('{0,', '{1,'), rule: TAG_VALUE_RULE.replace('at most 256', '1–256') };
const LOOKED_UP_LATER = /^dummy-value-for-/;

/** Whether a value stands for a parameter that the CLI has yet to look up: the app is synthesized again when it has. */
export function isLookedUpLater(value: unknown): boolean {
  return typeof value === 'string' && LOOKED_UP_LATER.test(value);
}

/** Whether a value is known when the app is synthesized: tokens are not, nor is what stands for a parameter that the CLI has yet to look up. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value) && !isLookedUpLater(value);
}

/** jsii gives `null` for what was left out, and so do people whose language does not look at types. */
function isImported<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}

/** How many of a unit a duration is. */
const COUNTS = {
  milliseconds: (time: Duration) => time.toMilliseconds({ integral: false }),
  seconds: (time: Duration) => time.toSeconds({ integral: false }),
  minutes: (time: Duration) => time.toMinutes({ integral: false }),
  hours: (time: Duration) => time.toHours({ integral: false }),
  days: (time: Duration) => time.toDays({ integral: false }),
};

/** The CDK's text for a duration leaves out what is less than a second. */
function shown(time: Duration): string {
  const milliseconds = COUNTS.milliseconds(time);
  return milliseconds % 1000 === 0 ? time.toHumanString() : `${milliseconds} milliseconds`;
}

/** Asks a rule about a value. One that is not even of the type that the rule is for breaks it. */
function isSo<T>(holds: (value: T) => boolean, value: T): boolean {
  try {
    return holds(value);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Collects every broken rule of a set of props and throws them together, so that people mend them in one go.
 * Tokens pass through unchecked: their value is not known at synth.
 */
export class InputCheck {
  private readonly broken: BrokenRule[] = [];

  constructor(private readonly scope: ErrorScope) {}

  /** A rule of any shape: `holds` is only asked when the value is given and is no token. */
  that<T>(property: string, value: T | undefined, holds: (value: T) => boolean, rule: string, remedy?: string): this {
    return isImported(value) && isKnown(value) && !isSo(holds, value) ? this.report(property, value, rule, remedy) : this;
  }

  /** A rule for each element of a list, of which only those are shown that break it: a list may be long. */
  every<T>(property: string, values: readonly T[] | undefined, holds: (value: T, index: number) => boolean, rule: string, remedy?: string): this {
    if (!isImported(values) || Token.isUnresolved(values)) return this;
    if (!Array.isArray(values)) return this.report(property, values, 'be a list', 'Put the value in brackets');
    const broken = values.filter((value, index) => isKnown(value) && !isSo((one) => holds(one, index), value));
    return broken.length === 0 ? this : this.report(property, broken, rule, remedy);
  }

  matches(property: string, value: string | undefined, pattern: RegExp, rule: string, remedy?: string): this {
    return this.that(property, value, (text) => typeof text === 'string' && pattern.test(text), rule, remedy);
  }

  accountId(property: string, value: string | undefined): this {
    return this.matches(property, value, ACCOUNT_ID, ACCOUNT_RULE.rule, typeof value === 'number' ? IN_QUOTES : undefined);
  }

  accountIds(property: string, values: readonly string[] | undefined): this {
    const remedy = Array.isArray(values) && values.some((id) => typeof id === 'number') ? IN_QUOTES : undefined;
    return this.every(property, values, (id) => typeof id === 'string' && ACCOUNT_ID.test(id), 'be account ids of 12 digits', remedy);
  }

  organizationId(property: string, value: string | undefined, remedy?: string): this {
    return this.matches(property, value, ORGANIZATION_ID, 'be an organization id, such as o-exampleorg', remedy);
  }

  /** Keys and values of tags, as IAM and SageMaker take them. */
  tags(property: string, tags: Record<string, string> | undefined): this {
    this.every(property, tags && Object.keys(tags), (key) => TAG_KEY.test(key), 'have keys of 1–128 letters, digits, spaces and _.:/=+-@ that do not begin with aws:');
    return this.every(property, tags && Object.values(tags), (value) => TAG_VALUE.test(value), TAG_VALUE_RULE);
  }

  tagValue(property: string, value: string | undefined): this {
    return this.matches(property, value, TAG_VALUE, TAG_VALUE_RULE);
  }

  secondsBetween(property: string, value: Duration | undefined, least: number, most: number, remedy?: string): this {
    return this.timeBetween(property, value, 'seconds', least, most, remedy);
  }

  minutesBetween(property: string, value: Duration | undefined, least: number, most: number, remedy?: string): this {
    return this.timeBetween(property, value, 'minutes', least, most, remedy);
  }

  hoursBetween(property: string, value: Duration | undefined, least: number, most: number, remedy?: string): this {
    return this.timeBetween(property, value, 'hours', least, most, remedy);
  }

  daysBetween(property: string, value: Duration | undefined, least: number, most?: number): this {
    return this.timeBetween(property, value, 'days', least, most);
  }

  /** How long a model may take to answer. */
  latency(property: string, value: Duration | undefined): this {
    return this.timeBetween(property, value, 'milliseconds', 1, 60_000, 'SageMaker waits 60 seconds for an answer');
  }

  integerBetween(property: string, value: number | undefined, least: number, most: number, remedy?: string): this {
    return this.that(property, value, (n) => Number.isInteger(n) && n >= least && n <= most, `be a whole number between ${least} and ${most}`, remedy);
  }

  /** A size in whole gibibytes between two bounds. */
  gibibytesBetween(property: string, value: Size | undefined, least: number, most: number, remedy?: string): this {
    if (!isImported(value)) return this;
    if (typeof value.toBytes !== 'function') return this.report(property, value, 'be a Size, such as Size.gibibytes(10)');
    if (value.isUnresolved()) return this;
    const gibibytes = value.toBytes() / 2 ** 30;
    if (Number.isInteger(gibibytes) && gibibytes >= least && gibibytes <= most) return this;
    return this.report(property, `${gibibytes} GiB`, `be a whole number of GiB between ${least} and ${most}`, remedy);
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
    if (!isImported(oneValue) || !isImported(otherValue)) return this;
    return this.report(one, oneValue, `not be given together with ${other}`, remedy);
  }

  /** A rule that was checked elsewhere and is broken. */
  report(property: string, value: unknown, rule: string, remedy?: string): this {
    this.broken.push({ property, value, rule, remedy });
    return this;
  }

  /** A duration as a whole number of the unit in which a service takes it. */
  private timeBetween(property: string, value: Duration | undefined, unit: keyof typeof COUNTS, least: number, most?: number, remedy?: string): this {
    if (!this.isTime(property, value)) return this;
    const count = COUNTS[unit](value);
    if (Number.isInteger(count) && count >= least && count <= (most ?? count)) return this;
    const rule = most === undefined ? `be at least ${least} whole ${least === 1 ? unit.slice(0, -1) : unit}` : `be between ${least} and ${most} whole ${unit}`;
    return this.report(property, shown(value), rule, remedy);
  }

  /** Whether a duration is given whose length is known. Something else in its place breaks a rule of its own. */
  private isTime(property: string, value: Duration | undefined): value is Duration {
    if (!isImported(value)) return false;
    if (typeof value.toSeconds === 'function') return !value.isUnresolved();
    this.report(property, value, 'be a Duration, such as Duration.hours(1)');
    return false;
  }

  /** Throws when a rule is broken. */
  throwIfInvalid(): void {
    if (this.broken.length > 0) throw new ValidationError(this.scope, this.broken);
  }
}
