import { Verdict } from './rule';
import { Property } from './template';
import { isOpen, placeholder, shown, Unknown, Value } from './value';

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

/** A value must be one of some. Where it is not given, its default decides; without one it is as good as wrong. */
export function is(property: Property, expected: readonly (string | boolean)[], byDefault?: string | boolean): Verdict[] {
  const { path, value } = property;
  if (value === undefined) {
    if (byDefault !== undefined && expected.includes(byDefault)) return COMPLIANT;
    return violation(path, byDefault === undefined ? `${path} is not given.` : `${path} is not given, and is then ${byDefault}.`);
  }
  if (!isPlain(value)) return open(property);
  return expected.some((one) => isSame(one, value)) ? COMPLIANT : violation(path, `${path} is ${shown(value)}.`);
}

/** A value must not be one of some. */
export function isNot(property: Property, refused: readonly string[]): Verdict[] {
  const { path, value } = property;
  if (value === undefined) return COMPLIANT;
  if (!isPlain(value)) return open(property);
  return refused.includes(String(value)) ? violation(path, `${path} is ${shown(value)}.`) : COMPLIANT;
}

/** A value must be given, whatever it is: a key, a subnet. */
export function isGiven(property: Property): Verdict[] {
  const { path, value } = property;
  // A text, or a list, of which nothing is known may be empty.
  const rest = typeof value === 'string' ? value.replaceAll(placeholder('?'), '') : value;
  const isOpenList = Array.isArray(value) && value.length > 0 && value.every((one) => one instanceof Unknown && one.mayBeNothing);
  if (isOpenList) return unknown(path, `${path} may be empty.`);
  if (value instanceof Unknown || (value !== '' && rest === '')) return open(property);
  if (typeof value === 'string' && /(^|:)alias\/aws\//.test(value)) return violation(path, `${path} is ${value}, a key of AWS.`);
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? violation(path, `${path} is not given.`) : COMPLIANT;
}

/** A number must be at least so much. */
export function isAtLeast(property: Property, least: number): Verdict[] {
  const { path, value } = property;
  if (value === undefined) return violation(path, `${path} is not given.`);
  if (!isPlain(value) || Number.isNaN(Number(value))) return open(property);
  return Number(value) >= least ? COMPLIANT : violation(path, `${path} is ${shown(value)}.`);
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
