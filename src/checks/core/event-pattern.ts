import { isLike } from './pattern';
import { isOpen, isRecord, listOf, Unknown, Value } from './value';

/**
 * Whether a part of a pattern of events lets a text pass: undefined where only the deployment knows.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function lets(part: Value, text: string): boolean | undefined {
  // What a pattern does not have passes it.
  if (part === undefined) return true;
  if (part instanceof Unknown) return undefined;
  const answers = listOf(part).map((one) => passes(one, text));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function passes(value: Value, text: string): boolean | undefined {
  if (typeof value === 'string') return isOpen(value) ? undefined : value === text;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return false;
  if (!isRecord(value)) return undefined;
  const answers = Object.entries(value as Record<string, Value>).map(([operator, argument]) => operated(operator, argument, text));
  return answers.includes(false) ? false : answers.includes(undefined) || answers.length === 0 ? undefined : true;
}

function operated(operator: string, argument: Value, text: string): boolean | undefined {
  if (operator === 'anything-but') {
    const answers = listOf(argument).map((one) => passes(one, text));
    return answers.includes(true) ? false : answers.includes(undefined) ? undefined : true;
  }
  if (operator === 'exists') return typeof argument === 'boolean' ? argument : undefined;
  const inner = isRecord(argument) ? (argument as Record<string, Value>)['equals-ignore-case'] : undefined;
  const [sought, said] = inner === undefined ? [argument, text] : [inner, text.toLowerCase()];
  if (typeof sought !== 'string' || isOpen(sought)) return undefined;
  const pattern = inner === undefined ? sought : sought.toLowerCase();
  if (operator === 'prefix') return said.startsWith(pattern);
  if (operator === 'suffix') return said.endsWith(pattern);
  if (operator === 'equals-ignore-case') return text.toLowerCase() === sought.toLowerCase();
  if (operator === 'wildcard') return isLike(sought.replace(/\?/g, '\u0000'), text);
  return undefined;
}
