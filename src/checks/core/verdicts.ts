import { Property } from './resource';
import { Verdict } from './rule';
import { ANY_TEXT, isOpen, shown, Unknown, Value } from './value';

export const COMPLIANT: Verdict[] = [];

export function violation(path: string, message: string): Verdict[] {
  return [{ kind: 'violation', path, message }];
}

export function unknown(path: string, message: string): Verdict[] {
  return [{ kind: 'unknown', path, message }];
}

/** The verdict of a value that is not known. */
function open({ path, value }: Property): Verdict[] {
  return unknown(path, `${path} ${value instanceof Unknown ? value.why : `is ${shown(value)}, which the deployment decides`}.`);
}

/** What is said of a value: of one that is not known but is one of some, what is said of all of them. */
function decided(property: Property, judge: (property: Property) => Verdict[]): Verdict[] {
  const { path, value } = property;
  const among = value instanceof Unknown ? value.traits?.among ?? [] : [];
  if (among.length === 0) return judge(property);
  const said = among.map((one) => decided({ path, value: one }, judge));
  if (said.every((verdicts) => verdicts.length === 0)) return COMPLIANT;
  if (said.every((verdicts) => verdicts.some(({ kind }) => kind === 'violation'))) return violation(path, `${path} ${(value as Unknown).why}, and is wrong whatever it is.`);
  return open(property);
}

/** A value must be one of some. Where it is not given, its default decides; without one it is as good as wrong. */
export function is(given: Property, expected: readonly (string | boolean)[], byDefault?: string | boolean): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value === undefined) {
      if (byDefault !== undefined && expected.includes(byDefault)) return COMPLIANT;
      return violation(path, byDefault === undefined ? `${path} is not given.` : `${path} is not given, and is then ${byDefault}.`);
    }
    if (!isPlain(value)) return open(property);
    return expected.some((one) => isSame(one, value)) ? COMPLIANT : violation(path, `${path} is ${shown(value)}.`);
  });
}

/** A value must not be one of some. */
export function isNot(given: Property, refused: readonly string[]): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value === undefined) return COMPLIANT;
    if (!isPlain(value)) return open(property);
    return refused.includes(String(value)) ? violation(path, `${path} is ${shown(value)}.`) : COMPLIANT;
  });
}

/** A value must be given, whatever it is: a subnet, a tag. */
export function isGiven(given: Property): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value instanceof Unknown) return value.traits?.isGiven ? COMPLIANT : open(property);
    // A text, or a list, of which nothing is known may be empty.
    const rest = typeof value === 'string' ? value.replaceAll(ANY_TEXT, '').trim() : value;
    if (Array.isArray(value) && value.length > 0) {
      if (value.every((one) => one instanceof Unknown && one.traits?.mayBeNothing)) return unknown(path, `${path} may be empty.`);
    }
    if (typeof value === 'string' && value !== '' && rest === '') return value.trim() === '' ? violation(path, `${path} is not given.`) : open(property);
    return isEmpty(value) ? violation(path, `${path} is not given.`) : COMPLIANT;
  });
}

function isEmpty(value: Value): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A key of AWS, by its alias. */
const OF_AWS = /(^|:)alias\/aws\//;

/** A key of one's own must be given. */
export function isOwnKey(given: Property): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value instanceof Unknown) return open(property);
    if (typeof value === 'string' && OF_AWS.test(value)) return violation(path, `${path} is ${value}, a key of AWS.`);
    const found = isGiven(property);
    // What is not known may be the alias of a key of AWS.
    return found.length === 0 && typeof value === 'string' && OF_AWS.test(value.replaceAll(ANY_TEXT, 'alias/aws/')) && !/:key\//.test(value) ? open(property) : found;
  });
}

/** A number must be at least so much. */
export function isAtLeast(given: Property, least: number): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value === undefined) return violation(path, `${path} is not given.`);
    if (value instanceof Unknown && (value.traits?.least ?? -Infinity) >= least) return COMPLIANT;
    if (!isPlain(value) || Number.isNaN(Number(value))) return open(property);
    return Number(value) >= least ? COMPLIANT : violation(path, `${path} is ${shown(value)}.`);
  });
}

/** A number must be at most so much. Where it is not given, its default is. */
export function isAtMost(given: Property, most: number): Verdict[] {
  return decided(given, (property) => {
    const { path, value } = property;
    if (value === undefined) return COMPLIANT;
    if (!isPlain(value) || Number.isNaN(Number(value))) return open(property);
    return Number(value) <= most ? COMPLIANT : violation(path, `${path} is ${shown(value)}.`);
  });
}

/** Whether something is on: undefined where it is not known. */
export function isOn({ value }: Property, on: string | boolean = true, byDefault = false): boolean | undefined {
  if (value === undefined) return byDefault;
  return isPlain(value) ? isSame(on, value) : undefined;
}

/** Templates and parameters write booleans as texts as well, in capitals or not, which CloudFormation takes. */
function isSame(expected: string | boolean, value: unknown): boolean {
  return typeof expected === 'boolean' ? String(value).toLowerCase() === String(expected) : String(value) === expected;
}

/** What is only asked of resources where something is so: unknown where that is not known and the rule would not hold. */
export function where(isSo: boolean | undefined, verdicts: () => Verdict[]): Verdict[] {
  if (isSo === false) return COMPLIANT;
  const found = verdicts();
  return isSo ? found : found.map((one) => ({ ...one, kind: 'unknown' }));
}

function isPlain(value: Value): value is string | number | boolean {
  return typeof value === 'string' ? !isOpen(value) : typeof value === 'number' || typeof value === 'boolean';
}
