import { Construct } from 'constructs';

/** Where bad input was given: a construct, or the name of the factory that makes a value without one. */
export type ErrorScope = Construct | string;

/** One rule that a value breaks. */
export interface BrokenRule {
  /** The property as the user wrote it, such as `idleShutdown.timeout`. */
  readonly property: string;
  /** What was given. */
  readonly value: unknown;
  /** What the value must be, as a sentence that starts after "must", such as "be between 60 and 525600 minutes". */
  readonly rule: string;
  /** What to do instead. */
  readonly remedy?: string;
}

/**
 * What the library throws for bad input. aws-cdk-lib has a class of this name, but keeps it internal and has changed
 * its signature; all our errors go through this file instead.
 */
export class ValidationError extends Error {
  constructor(scope: ErrorScope, broken: readonly BrokenRule[]) {
    const where = typeof scope === 'string' ? scope : scope.node.path || 'App';
    super(broken.map((one) => `[${where}] ${describe(one)}`).join('\n'));
    this.name = 'ValidationError';
  }
}

/** Throws a `ValidationError` for one broken rule. */
export function throwValidationError(scope: ErrorScope, broken: BrokenRule): never {
  throw new ValidationError(scope, [broken]);
}

/** The sentence in which people read a broken rule. Also for `node.addValidation`, which prefixes the path itself. */
export function describe({ property, value, rule, remedy }: BrokenRule): string {
  return `${property} must ${rule}, got ${show(value)}${remedy ? `. ${remedy}` : ''}`;
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value, (_, part: unknown) => (part instanceof Construct ? part.node.path : typeof part === 'bigint' ? String(part) : part));
  if (value instanceof Construct) return value.node.path;
  return text === undefined ? String(value) : text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
