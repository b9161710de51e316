import { arnParts } from './value';

/**
 * Whether a text is what a pattern says, with * and ? as in policies of IAM.
 *
 * @param flags of a regular expression: actions are the same in capitals and small letters
 */
export function isLike(pattern: string, text: string, flags = ''): boolean {
  if (!/[*?]/.test(pattern)) return flags === '' ? pattern === text : pattern.toLowerCase() === text.toLowerCase();
  const key = `${flags} ${pattern}`;
  const made = MADE.get(key) ?? expressionOf(pattern, flags);
  // Templates have a few hundred patterns, and rules ask the same of each many times. Other people's may have any number.
  if (MADE.size < 10_000) MADE.set(key, made);
  return made.test(text);
}

const MADE = new Map<string, RegExp>();

function expressionOf(pattern: string, flags: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, flags);
}

/** What is left of an ARN after its service, region and account: nothing but wildcards. */
const WHATEVER = /^[*?/:]*\*[*?/:]*$/;

/** Whether a pattern of a policy stands for every resource, or for every one of a service. */
export function isEveryResource(pattern: string): boolean {
  const parts = arnParts(pattern);
  return parts.length < 6 ? /\*$/.test(pattern) : WHATEVER.test(parts.slice(5).join(':'));
}

/** Whether a pattern of a policy stands for every role, whatever it is called. */
export function isEveryRole(pattern: string): boolean {
  const parts = arnParts(pattern);
  if (parts.length < 6) return /\*$/.test(pattern);
  const resource = parts.slice(5).join(':');
  return ['role/q7', 'role/a/q7-z'].every((role) => isLike(resource, role));
}

/** Whether all that a pattern stands for, another stands for as well. */
export function isWithin(pattern: string, other: string): boolean {
  // Whatever * stands for, be it nothing.
  return ['', 'q'.repeat(99)].every((whatever) => isLike(other, pattern.replace(/\*/g, whatever).replace(/\?/g, 'q')));
}
