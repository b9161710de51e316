/** What is in brackets in a text that the deployment completes. */
const OPEN = '⟨', CLOSE = '⟩';

/** What is known of a value that only a deployment knows. */
export interface Traits {
  /** Whether CloudFormation may leave it out. */
  readonly mayBeNothing?: boolean;
  /** The only values that it can be. */
  readonly among?: readonly Value[];
  /** Whether it cannot be empty. */
  readonly isGiven?: boolean;
  /** The least that it can be, of a number. */
  readonly least?: number;
  /** The parameter that it is: what else is the same parameter is the same. */
  readonly parameter?: string;
}

/** A value that only a deployment knows. */
export class Unknown {
  /** @param why the rest of a sentence that begins with the value: "is the parameter Count, which has no default" */
  public constructor(public readonly why: string, public readonly traits?: Traits) {}
}

/** A resource, or an attribute of one. */
export class Reference {
  public constructor(
    public readonly logicalId: string, public readonly attribute?: string,
    /** The template that has it: without one, that in which the value stands. */ public readonly home?: string,
  ) {}

  /** As it stands in a text around it. */
  public toString(): string {
    return placeholder(this.attribute === undefined ? this.logicalId : `${this.logicalId}.${this.attribute}`);
  }
}

/** A value of a template after its intrinsic functions: JSON with what is not known, and with references. */
export type Value = string | number | boolean | null | undefined | Unknown | Reference | Value[] | { readonly [name: string]: Value };

/** The part of a text that the deployment writes. */
export function placeholder(name: string): string {
  return `${OPEN}${name}${CLOSE}`;
}

/** What a parameter or an import writes into a text, which may be anything. */
export const ANY_TEXT = placeholder('?');

/** A text with * where it may be anything. */
export function widest(text: string): string {
  return text.replaceAll(ANY_TEXT, '*');
}

/** The parts of an ARN: what the deployment writes has colons in its name, which part nothing. */
export function arnParts(arn: string): string[] {
  return arn.replace(/⟨[^⟩]*⟩/g, (name) => name.replaceAll(':', '\u0000')).split(':').map((part) => part.replaceAll('\u0000', ':'));
}

/** Whether a deployment writes a part of a text. */
export function isOpen(text: string): boolean {
  return text.includes(OPEN);
}

/** Whether a text is what a pattern says: undefined where that depends on what the deployment writes. */
export function matches(text: string, pattern: RegExp): boolean | undefined {
  if (pattern.test(text)) return true;
  return isOpen(text) ? undefined : false;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown) && !(value instanceof Reference);
}

/** A list of what may be one or several, as policies write it. */
export function listOf(value: Value): Value[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** As people read it in a sentence. */
export function shown(value: Value): string {
  const text = value instanceof Reference ? String(value) : typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** What a text says, if it is JSON: policies and patterns may be written as one. Undefined if it is none. */
export function fromText(value: Value): Value {
  if (typeof value !== 'string') return value;
  try {
    const content = JSON.parse(value) as Value;
    return typeof content === 'object' ? content : undefined;
  } catch {
    return undefined;
  }
}
