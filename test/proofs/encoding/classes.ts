import { beyondFifthColon, piecesOf } from './patterns';
import { Atom, RequestSymbols } from './request-symbols';
import { and, or, Term } from './terms';

/** Texts that no comparison tells apart: which comparisons hold of them, and one of them. */
export interface TextClass {
  readonly holding: ReadonlySet<Term>;
  readonly example: string;
}

/** A character, any one, or any number of them; but for colons, in the first parts of an ARN. */
type Token = { readonly character: string } | { readonly any: 'one' | 'many'; readonly colons: boolean };

/** Stands for every character that no pattern has. */
const OTHERS = ['7', 'x', 'q', 'Z', '~', '\u00ff'];

function tokensOf({ comparison, pattern }: Atom): Token[] {
  const beyond = comparison === 'matchesArn' && pattern !== '*' ? beyondFifthColon(pattern) : () => true;
  return piecesOf(pattern).flatMap((piece): Token[] => {
    const colons = beyond(piece);
    if ('variable' in piece) throw new Error(`${pattern} has no classes`);
    if ('text' in piece) return [...piece.text].map((character) => ({ character }));
    if (comparison === 'equals') return [{ character: piece.wildcard }];
    return [{ any: piece.wildcard === '*' ? 'many' : 'one', colons }];
  });
}

/** Where a pattern may stand after some text: any number may be passed over. */
function closed(positions: Iterable<number>, tokens: Token[]): number[] {
  const all = new Set(positions);
  for (const at of all) { // a set grows while it is read
    const token = tokens[at];
    if (token && 'any' in token && token.any === 'many') all.add(at + 1);
  }
  return [...all].sort((a, b) => a - b);
}

function after(positions: number[], character: string, tokens: Token[]): number[] {
  return closed(positions.flatMap((at) => {
    const token = tokens[at];
    if (!token) return [];
    if ('character' in token) return token.character === character ? [at + 1] : [];
    if (character === ':' && !token.colons) return [];
    return [token.any === 'many' ? at : at + 1];
  }), tokens);
}

/** A pattern as a machine that reads a text character by character; each of its states is a set of places in the pattern, found when it is entered. */
class Reader {
  private readonly numbers = new Map<string, number>();
  private readonly states: { positions: number[]; next: Map<string, number> }[] = [];
  private readonly tokens: Token[];

  constructor(atom: Atom) {
    this.tokens = tokensOf(atom);
    this.enter(closed([0], this.tokens));
  }

  /** Every character that the pattern names. */
  public get characters(): string[] {
    return this.tokens.flatMap((token) => ('character' in token ? [token.character] : []));
  }

  /** The state after one more character; the first state is 0. */
  public after(state: number, character: string): number {
    const { positions, next } = this.states[state], known = next.get(character);
    if (known !== undefined) return known;
    const entered = this.enter(after(positions, character, this.tokens));
    next.set(character, entered);
    return entered;
  }

  /** Whether a text that leads to a state is matched. */
  public matches(state: number): boolean {
    return this.states[state].positions.includes(this.tokens.length);
  }

  private enter(positions: number[]): number {
    const name = positions.join(' '), number = this.numbers.get(name) ?? this.states.push({ positions, next: new Map() }) - 1;
    this.numbers.set(name, number);
    return number;
  }
}

/**
 * Every class of texts that these comparisons of one unknown tell apart: the combinations of them that hold of some text, and no other.
 * Each is found by walking through all patterns at once, so that there are as many as there are, not as many as there could be.
 */
export function classesOf(atoms: Atom[]): TextClass[] {
  const key = JSON.stringify(atoms.map(({ comparison, pattern }) => [comparison, pattern]));
  const found = KNOWN.get(key) ?? walk(atoms);
  KNOWN.set(key, found);
  return found.map(({ holding, example }) => ({ holding: new Set(holding.map((at) => atoms[at].name)), example }));
}

/** Classes by the patterns that tell them apart, as numbers of these. */
const KNOWN = new Map<string, { holding: number[]; example: string }[]>();

function walk(atoms: Atom[]): { holding: number[]; example: string }[] {
  const readers = atoms.map((atom) => new Reader(atom));
  const known = new Set(readers.flatMap(({ characters }) => characters));
  const alphabet = [...known, ':', OTHERS.find((character) => !known.has(character))!];
  const start = readers.map(() => 0);
  const seen = new Set([start.join(' ')]);
  const found = new Map<string, { holding: number[]; example: string }>();
  const queue: { state: number[]; text: string }[] = [{ state: start, text: '' }];
  for (const { state, text } of queue) { // grows while it is read
    const holding = readers.flatMap((reader, at) => (reader.matches(state[at]) ? [at] : []));
    const key = holding.join(' ');
    if (!found.has(key)) found.set(key, { holding, example: text });
    for (const character of alphabet) {
      const next = readers.map((reader, at) => reader.after(state[at], character));
      const name = next.join(' ');
      if (seen.has(name)) continue;
      seen.add(name);
      queue.push({ state: next, text: text + character });
    }
  }
  return [...found.values()];
}

/** The unknown texts of a request as numbers of classes, which a solver finds at once what it would search among texts. */
export class TextClasses {
  private readonly classes = new Map<Term, TextClass[]>();
  private readonly free: Atom[] = [];

  constructor(private readonly request: RequestSymbols) {
    const byText = new Map<Term, Atom[]>();
    for (const atom of request.atoms) {
      // With a policy variable it may hold of any text.
      if (/\$\{[^*?$]/.test(atom.pattern)) this.free.push(atom);
      else byText.set(atom.text, [...byText.get(atom.text) ?? [], atom]);
    }
    for (const [text, atoms] of byText) this.classes.set(text, classesOf(atoms));
  }

  /** What the comparisons mean, in terms of classes. */
  public definitions(): string[] {
    return [...this.classes].flatMap(([text, classes]) => {
      const number = numberOf(text);
      const names = new Set(classes.flatMap(({ holding }) => [...holding]));
      const unheld = this.request.atoms.filter((atom) => atom.text === text && !names.has(atom.name) && !this.free.includes(atom));
      return [
        `(declare-const ${number} Int)`, `(assert (and (<= 0 ${number}) (< ${number} ${classes.length})))`,
        ...[...names].map((name) => `(define-fun ${name} () Bool ${or(...classes.flatMap(({ holding }, at) => (holding.has(name) ? [`(= ${number} ${at})`] : [])))})`),
        ...unheld.map(({ name }) => `(define-fun ${name} () Bool false)`),
      ];
    }).concat(this.free.flatMap(({ name, pattern }) => [
      `(declare-const ${name} Bool)`,
      `(assert (=> ${name} ${and(...[...pattern.matchAll(/\$\{([A-Za-z][^}]*)\}/g)].map(([, variable]) => this.request.variable(variable).present))}))`,
    ]));
  }

  /** The unknowns whose values say of which class each text is. */
  public numbers(): Term[] {
    return [...this.classes.keys()].map(numberOf);
  }

  /** A text of the class that an unknown is of. */
  public exampleOf(text: Term, numbers: Map<Term, string>): string | undefined {
    return this.classes.get(text)?.[Number(numbers.get(numberOf(text)))].example;
  }

  /** Every class with the unknown that it is of. */
  public all(): [Term, TextClass][] {
    return [...this.classes].flatMap(([text, classes]) => classes.map((each): [Term, TextClass] => [text, each]));
  }
}

const numberOf = (text: Term): Term => `|class of ${text.replace(/\|/g, '')}|`;
