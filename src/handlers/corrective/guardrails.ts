import { Broken, Request } from './seen';
import { Guardrail } from './settings';
import { isLike } from '../../checks/core/pattern';

type Holds = (value: string, wanted: readonly string[]) => boolean;

const text = (value: string, pattern: string) => value === pattern;
const like = (value: string, pattern: string) => isLike(pattern, value);
const some = (is: (value: string, wanted: string) => boolean): Holds => (value, wanted) => wanted.some((one) => is(value, one));
const none = (is: (value: string, wanted: string) => boolean): Holds => (value, wanted) => !wanted.some((one) => is(value, one));
const numbers = (is: (value: number, wanted: number) => boolean) => some((value, wanted) => is(Number(value), Number(wanted)));

/** Operators of conditions, of one value. The construct refuses statements with others. */
const OPERATORS: Record<string, Holds> = {
  StringEquals: some(text),
  StringNotEquals: none(text),
  StringLike: some(like),
  StringNotLike: none(like),
  ArnEquals: some(like),
  ArnNotEquals: none(like),
  ArnLike: some(like),
  ArnNotLike: none(like),
  Bool: some((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  NumericGreaterThan: numbers((value, wanted) => value > wanted),
  NumericGreaterThanEquals: numbers((value, wanted) => value >= wanted),
  NumericLessThan: numbers((value, wanted) => value < wanted),
  NumericLessThanEquals: numbers((value, wanted) => value <= wanted),
};

/** Guardrails that would have denied what was made. */
export function denied(requests: readonly Request[], guardrails: readonly Guardrail[]): Broken[] {
  return requests.flatMap(({ action, keys }) => guardrails
    .filter((one) => [one.Action].flat().some((pattern) => isLike(pattern, action)) && holds(one, keys))
    .map(({ Sid: rule = 'Guardrail' }) => ({ rule, message: `${action} with these settings is what ${rule} denies.` })));
}

function holds({ Condition: condition = {} }: Guardrail, keys: Request['keys']): boolean {
  return Object.entries(condition).every(([operator, tests]) => (
    Object.entries(tests).every(([key, wanted]) => test(operator, keys[key], [wanted].flat().map(String)))
  ));
}

/**
 * A condition as IAM evaluates it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function test(operator: string, values: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (operator === 'Null') return wanted.includes(String(values === undefined));
  const [, set, name, lenient] = /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const one = OPERATORS[name];
  if (one === undefined) throw new Error(`guardrails have the operator ${operator}, which is not known here`);
  if (values === undefined) return lenient !== undefined || (set === undefined ? /Not/.test(name) : set === 'ForAllValues:');
  return set === 'ForAllValues:' ? values.every((value) => one(value, wanted)) : values.some((value) => one(value, wanted));
}
