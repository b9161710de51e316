import { equals, isHeld, matches, matchesArn, piecesOf } from './patterns';
import { and, FALSE, literal, or, Term, TRUE } from './terms';
import { PolicyDocument } from '../../access/policy-document';

/** A condition key of a request, or an element of one that has several values. */
export interface Element {
  readonly present: Term;
  readonly value: Term;
}

/** How a text of a request is compared with one of a policy. */
type Comparison = 'equals' | 'matches' | 'matchesArn';

/** A comparison of an unknown text with one of a policy, which formulas call by a name. */
export interface Atom {
  readonly name: Term;
  readonly text: Term;
  readonly comparison: Comparison;
  readonly pattern: string;
}

/** What is known of a request beforehand. */
export interface SymbolOptions {
  /** What policy variables stand for. */
  readonly known?: Record<string, string>;
  /** Elements that every set has room for; as many as conditions can tell apart unless there are more. */
  readonly least?: number;
  /** Whether the keys that name the caller name the caller. */
  readonly honest?: boolean;
  /** Texts of unknowns that are known. */
  readonly texts?: ReadonlyMap<Term, string>;
  /** Keys that are unknowns though no policy names them. */
  readonly named?: string[];
  /** Values that keys with one value have where they are there, by their names in lower case. */
  readonly values?: Record<string, string>;
}

const COMPARISONS = { equals, matches, matchesArn };

/** Elements that a key with several values may have beside those that conditions can tell apart. */
const MORE = 1;

/**
 * The unknowns of a request: what is asked for, on what, by whom, and every condition key that policies name, there or not. A key that
 * policies compare as a set is one: each condition about it is decided by one element at most, so that as many elements as there are
 * such conditions stand for sets of any size.
 */
export class RequestSymbols {
  /** Number of the action in the vocabulary. */
  public readonly action = 'action';
  public readonly resource = 'resource';
  public readonly isService = 'is-service';
  public readonly isAnonymous = 'is-anonymous';
  public readonly principalAccount = 'principal-account';
  public readonly principalArn = 'principal-arn';
  public readonly serviceName = 'service-name';

  private readonly singles = new Map<string, Element>();
  private readonly sets = new Map<string, Element[]>();
  private readonly found = new Map<Term, Atom>();
  private readonly texts: Map<Term, string>;

  /** @param documents every policy that is encoded over this request */
  constructor(documents: PolicyDocument[], private readonly options: SymbolOptions = {}) {
    const { least = 1, texts = [], values = {} } = options;
    this.texts = new Map([...texts, ...Object.entries(values).map(([key, value]): [Term, string] => [symbol('value', key), value])]);
    const conditions = documents.flatMap(({ Statement }) => Statement).flatMap(({ Condition = {} }) => Object.entries(Condition));
    const count = new Map<string, number>();
    for (const [operator, keys] of conditions) {
      if (!/^For(AllValues|AnyValue):/.test(operator)) continue;
      for (const key of Object.keys(keys).map(lower)) count.set(key, (count.get(key) ?? 0) + 1);
    }
    for (const [key, conditionsOnIt] of count) {
      const size = Math.max(least, conditionsOnIt + MORE);
      this.sets.set(key, Array.from({ length: size }, (_, at) => ({ present: symbol('has', key, at), value: symbol('value', key, at) })));
    }
    for (const [operator, keys] of conditions) {
      for (const key of Object.keys(keys)) if (!/^For(AllValues|AnyValue):/.test(operator) && operator !== 'Null') this.single(key);
    }
    for (const key of options.named ?? []) if (!this.sets.has(lower(key))) this.single(key);
    for (const [, name] of JSON.stringify(documents).matchAll(/\$\{([A-Za-z][^}]*)\}/g)) this.variable(name);
  }

  /** A key with one value. */
  public single(key: string): Element {
    const name = lower(key);
    if (this.sets.has(name)) throw new Error(`${key} is compared both as a set and as one value`);
    const caller = this.options.honest ? { 'aws:principalarn': this.principalArn, 'aws:principalaccount': this.principalAccount }[name] : undefined;
    const found = this.singles.get(name) ?? { present: symbol('has', name), value: caller ?? symbol('value', name) };
    this.singles.set(name, found);
    return found;
  }

  /** The elements of a key with several values. */
  public elements(key: string): Element[] {
    return this.sets.get(lower(key)) ?? [this.single(key)];
  }

  /** Whether policies compare a key as a set. */
  public isSet(key: string): boolean {
    return this.sets.has(lower(key));
  }

  /** Whether the request has the key; a set without elements is none. */
  public has(key: string): Term {
    return or(...this.elements(key).map(({ present }) => present));
  }

  /** What a policy variable stands for. */
  public variable(name: string): Element {
    const known = Object.entries(this.options.known ?? {}).find(([key]) => lower(key) === lower(name));
    return known ? { present: TRUE, value: literal(known[1]) } : this.single(name);
  }

  /** Whether a text is, or matches, what a policy writes. */
  public compare(text: Term, comparison: Comparison, pattern: string): Term {
    if (pattern === '*' && comparison !== 'equals') return TRUE;
    const pieces = piecesOf(pattern); // what has no encoding is refused
    const variables = pieces.flatMap((piece) => ('variable' in piece ? [piece.variable] : []));
    if (variables.length > 0 && variables.every((variable) => lower(variable) in (this.options.values ?? {}))) {
      const said = pattern.replace(/\$\{([A-Za-z][^}]*)\}/g, (_, variable: string) => this.options.values![lower(variable)]);
      return and(...variables.map((variable) => this.variable(variable).present), this.compare(text, comparison, said));
    }
    const known = this.texts.get(text);
    if (known !== undefined && variables.length === 0) return isHeld(known, comparison, pattern) ? TRUE : FALSE;
    const name = `|${text.replace(/\|/g, '')} ${comparison} ${pattern.replace(/[|\\]/g, '_')}|`;
    const other = this.found.get(name);
    if (other && other.pattern !== pattern) throw new Error(`Two patterns of one name: ${name}`);
    this.found.set(name, { name, text, comparison, pattern });
    return name;
  }

  /** What an unknown text is, where that is known. */
  public textOf(text: Term): string | undefined {
    return this.texts.get(text);
  }

  /** Every comparison that formulas have named. */
  public get atoms(): Atom[] {
    return [...this.found.values()];
  }

  /** What a comparison says of its text. */
  public meaning({ text, comparison, pattern }: Atom): Term {
    return COMPARISONS[comparison](text, pattern, (name) => this.variable(name));
  }

  /** Every key, in lower case. */
  public get keys(): string[] {
    return [...this.singles.keys(), ...this.sets.keys()];
  }

  /** The declarations of all unknowns. */
  public declarations(): string[] {
    const elements = [...this.singles.values(), ...[...this.sets.values()].flat()];
    const texts = new Set([this.resource, this.principalAccount, this.principalArn, this.serviceName, ...elements.map(({ value }) => value)]);
    return [
      `(declare-const ${this.action} Int)`,
      ...[this.isService, this.isAnonymous, ...elements.map(({ present }) => present)].map((name) => `(declare-const ${name} Bool)`),
      ...[...texts].map((name) => `(declare-const ${name} String)`),
    ];
  }
}

const lower = (key: string) => key.toLowerCase();

function symbol(kind: string, key: string, at?: number): Term {
  return `|${kind} ${key}${at === undefined ? '' : ` ${at}`}|`;
}

