/** What a check says of one thing. */
export interface Finding {
  /** `problem`: the deployment would fail, or what it makes would not work. `unknown`: it could not be read. */
  readonly kind: 'problem' | 'unknown';
  /** A sentence: the thing, its value, and the rule that it breaks. */
  readonly message: string;
  /** A sentence: what to do. */
  readonly remedy: string;
}

/** A finding, and where it was made. */
export interface Reported extends Finding {
  readonly check: string;
  readonly stack: string;
}

export function problem(message: string, remedy: string): Finding {
  return { kind: 'problem', message, remedy };
}
