import { Cell } from './matrix';
import { PLACES } from './places';
import { Deciding, NOTHING } from './weigh';
import { among, braced, enumerated } from './words';

interface Note {
  readonly text: (paths: readonly string[]) => string;
  readonly paths: Set<string>;
}

/** What the numbers of a page mean: statements, and why something is not known, each once. */
export class Notes {
  private readonly found = new Map<string, Note>();
  private readonly numbers = new Map<string, number>();

  /** @param home path of the environment, from which on its own constructs are named */
  public constructor(private readonly home: string) {}

  /** Numbers of what decides a cell. */
  public numbersOf({ answer, statements, keys, reason }: Cell): number[] {
    if (statements.length === 0) return [this.number(reason!, () => `${reason![0].toUpperCase()}${reason!.slice(1)}.`)];
    const depends = answer === 'if' ? `, depending on ${enumerated(keys!.map((key) => `\`${key}\``))}` : '';
    return statements.map((one) => this.ofStatement(one, depends));
  }

  /** What denies something that is done to several things, from where, and to whom: statements, and for those of the app also that there is no way. */
  public denialsOf(group: readonly Map<string, Cell[]>[], titles: readonly string[], ours: readonly string[]): string[] {
    const denied = new Map<string, Map<string, Set<string>>>();
    const add = (key: string, place: string, who: string) => {
      const of = denied.get(key) ?? new Map<string, Set<string>>();
      denied.set(key, of.set(who, (of.get(who) ?? new Set<string>()).add(place)));
    };
    for (const [who, cells] of group.flatMap((of) => [...of])) {
      for (const { place, answer, statements, reason } of cells) {
        if (answer !== 'no') continue;
        for (const one of statements) if (one.kind !== 'identity policy') add(String(this.ofStatement(one)), place, who);
        if (reason !== undefined && reason !== NOTHING && ours.includes(who)) add(reason, place, who);
      }
    }
    const others = titles.filter((who) => group.every((of) => of.get(who)!.every(({ answer }) => answer === 'no')));
    const toWhom = (who: readonly string[]) => {
      if (ours.every((one) => who.includes(one))) return '';
      return others.length === who.length && others.every((one) => who.includes(one)) ? ': everybody else' : `: ${among(who, titles)}`;
    };
    const letters = (places: ReadonlySet<string>) => PLACES.filter(({ title }) => places.has(title)).map(({ letter }) => letter).join(' ');
    const texts = new Map<string, string[]>();
    for (const [key, of] of denied) {
      const byPlaces = new Map<string, string[]>();
      for (const [who, places] of of) byPlaces.set(letters(places), [...byPlaces.get(letters(places)) ?? [], who]);
      const text = [...byPlaces].map(([places, who]) => `${places}${toWhom(who)}`).join('; ');
      texts.set(text, [...texts.get(text) ?? [], key]);
    }
    return [...texts].map(([text, keys]) => `${keys.join(', ')} (${text})`);
  }

  public texts(): string[] {
    return [...this.found.values()].map(({ text, paths }) => text([...paths]));
  }

  /** The same statement of policies of several resources is one note. Of identities it is told by its policy. */
  private ofStatement({ effect, kind, policy, statement }: Deciding, depends = ''): number {
    const path = policy.startsWith(`${this.home}/`) ? policy.slice(this.home.length + 1) : policy, isOfIdentity = kind === 'identity policy';
    const key = [effect, kind, statement, depends, ...isOfIdentity ? [path] : []].join('\n');
    return this.number(key, (paths) => `**${statement}**, ${kind === 'identity policy' ? '' : `${kind} of `}${braced(paths)}${depends}`, path);
  }

  private number(key: string, text: Note['text'], path?: string): number {
    const note = this.found.get(key) ?? { text, paths: new Set<string>() };
    if (path !== undefined) note.paths.add(path);
    this.found.set(key, note);
    if (!this.numbers.has(key)) this.numbers.set(key, this.numbers.size + 1);
    return this.numbers.get(key)!;
  }
}

