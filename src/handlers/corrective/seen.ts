/** A resource as an action finds it, whatever an event says of it. */
export interface Seen {
  readonly arn: string;
  /** Tells one time that it is so from the next: when it was made, or the call that changed it. */
  readonly since: string;
  /** Whether there is something to correct: what has ended is left alone. */
  readonly isActive: boolean;
  /** What it is like. A person's undo holds for a resource that is like this. */
  readonly about: unknown;
  /** ARNs of the roles with which it runs, as far as they are known; left out for what no role runs. */
  readonly roles?: () => Promise<readonly string[]>;
  /** As rules read it: resources of a template. */
  readonly resources: Record<string, { readonly Type: string; readonly Properties: object }>;
  /** As guardrails see it: the calls that would make it. */
  readonly requests: readonly Request[];
  /** What is broken beyond rules and guardrails. */
  readonly broken?: readonly Broken[];
  /** Corrects it. */
  readonly correct: () => Promise<unknown>;
  /** Commands that put back what was there; a person runs them, with permissions of their own. */
  readonly undo: readonly string[];
}

/** A call that makes a resource, with the condition keys that SageMaker sends for it. */
export interface Request {
  readonly action: string;
  readonly keys: Readonly<Record<string, readonly string[] | undefined>>;
}

/** A rule or guardrail that a resource breaks. */
export interface Broken {
  readonly rule: string;
  readonly message: string;
}

/** What an event names. */
export interface Target {
  /** Of the kinds. */
  readonly kind: string;
  /** Members of its name, as the API of its service takes them. */
  readonly name: Readonly<Record<string, string>>;
  /** The call of which CloudTrail tells. */
  readonly call?: { readonly eventId: string; readonly eventName: string; readonly by?: string };
}

/** A kind of resource. */
export interface Kind {
  /** What is done to it, as the settings call it. */
  readonly action: string;
  /** Looks at it: undefined where it is not there, or not ours to correct. */
  readonly look: (target: Target) => Promise<Seen | undefined>;
}

/** A text as one word of a command. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, '\'\\\'\'')}'`;
}

/** A command of the AWS CLI; options without a value are left out. */
export function command(service: string, operation: string, options: Record<string, string | undefined>): string {
  const given = Object.entries(options).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return ['aws', service, operation, ...given.flatMap(([name, value]) => [`--${name}`, quoted(value)])].join(' ');
}
