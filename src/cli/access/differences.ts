import { Cell, EnvironmentOfMatrix, Matrix } from './matrix';
import { PLACES } from './places';
import { Answer, NOTHING } from './weigh';
import { enumerated } from './words';

/** What has become different for somebody, between two versions of an app. */
export interface Difference {
  /** Whether somebody can do more, or less; neither, where it is not known. */
  readonly kind: 'more' | 'less' | 'unknown';
  readonly environment: string;
  readonly sentence: string;
  readonly cells: readonly Change[];
}

/** An answer, in both versions: none, where there was nothing to ask. */
export interface Change {
  readonly before?: Cell;
  readonly after?: Cell;
}

/** What is told together: the same change, from the same places. */
interface Told {
  readonly kind: Difference['kind'];
  /** The sentence around who, what and where. */
  readonly words: (who: string, what: string, where: string) => string;
  readonly key: string;
  who: string[];
  what: string[];
  readonly places: string[];
  readonly cells: Change[];
}

const RANK: Record<Exclude<Answer, 'unknown'>, number> = { no: 0, if: 1, yes: 2 };

/** What is different, in sentences. Who, or what, was not there before could do nothing, or nothing be done to it. */
export function differencesOf(before: Matrix, after: Matrix): Difference[] {
  const pairs = pairsOf(before.environments, after.environments);
  return pairs.flatMap(([old, now]) => {
    const { name: environment } = (now ?? old)!, tell = (kind: Difference['kind'], sentence: string) => ({ kind, environment, sentence, cells: [] });
    if (!old) return [tell('more', `The environment ${environment} is new: its own table says who can do what in it.`)];
    if (!now) return [tell('less', `The environment ${environment} is gone.`)];
    const cellsOf = ({ cells }: Matrix, { name }: EnvironmentOfMatrix) => cells.filter((cell) => cell.environment === name);
    return ofEnvironment(old, now, cellsOf(before, old), cellsOf(after, now));
  });
}

type Pair = [before: EnvironmentOfMatrix | undefined, after: EnvironmentOfMatrix | undefined];

/** Environments of both versions by their names; one that is called otherwise now, by its construct, or because there is no other. */
function pairsOf(before: Matrix['environments'], after: Matrix['environments']): Pair[] {
  const absentFrom = (all: Matrix['environments']) => ({ name }: EnvironmentOfMatrix) => !all.some((one) => one.name === name);
  const left = before.filter(absentFrom(after)), added = after.filter(absentFrom(before));
  const [only] = left.length === 1 && added.length === 1 ? left : [];
  const formerly = (now: EnvironmentOfMatrix) => left.find(({ path }) => path === now.path) ?? only;
  const pairs = after.map((now): Pair => [before.find(({ name }) => name === now.name) ?? formerly(now), now]);
  return [...pairs, ...left.filter((old) => !pairs.some(([one]) => one === old)).map((old): Pair => [old, undefined])];
}

function ofEnvironment(old: EnvironmentOfMatrix, now: EnvironmentOfMatrix, before: readonly Cell[], after: readonly Cell[]): Difference[] {
  const keyOf = (environment: EnvironmentOfMatrix) => {
    const keys = new Map(environment.people.map(({ key, title }) => [title, key]));
    return ({ who, asset, what, place }: Cell) => [keys.get(who), asset, what, place].join('\n');
  };
  const was = new Map(before.map((cell) => [keyOf(old)(cell), cell])), is = new Map(after.map((cell) => [keyOf(now)(cell), cell]));
  const goneRoles = titlesOnlyIn(old, now), goneAssets = onlyIn(before, after), newRoles = titlesOnlyIn(now, old), newAssets = onlyIn(after, before);
  const told: Told[] = [];
  for (const key of new Set([...is.keys(), ...was.keys()])) {
    const change = { before: was.get(key), after: is.get(key) }, cell = (change.after ?? change.before)!, said = saidOf(change);
    if (!said || !change.after && (goneRoles.includes(cell.who) || goneAssets.includes(cell.asset))) continue;
    const who = newRoles.includes(cell.who) ? `${cell.who} (new)` : cell.who, what = newAssets.includes(cell.asset) ? `${cell.what} (new)` : cell.what;
    const same = told.find((one) => one.key === said.key && one.who[0] === who && one.what[0] === what);
    if (same) {
      same.places.push(cell.place);
      same.cells.push(change);
    } else {
      told.push({ ...said, who: [who], what: [what], places: [cell.place], cells: [change] });
    }
  }
  const tell = (kind: Difference['kind'], sentence: string, cells: readonly Change[] = []): Difference => ({ kind, environment: now.name, sentence, cells });
  return [
    ...(old.name === now.name ? [] : [tell('unknown', `The environment ${old.name} is called ${now.name} now, and compared with what it was.`)]),
    ...merged(told).map(({ kind, words, who, what, places, cells }) => tell(kind, words(enumerated(who), enumerated(what), whereOf(places)), cells)),
    ...goneRoles.map((title) => tell('less', `The ${title} is gone, with what it could do.`)),
    ...goneAssets.map((asset) => tell('less', `Nobody does anything with the ${asset} any more: it is gone.`)),
  ];
}

const titlesOnlyIn = (one: EnvironmentOfMatrix, other: EnvironmentOfMatrix) =>
  one.people.filter(({ key }) => !other.people.some((person) => person.key === key)).map(({ title }) => title);
const onlyIn = (cells: readonly Cell[], others: readonly Cell[]) =>
  [...new Set(cells.map(({ asset }) => asset))].filter((asset) => !others.some((cell) => cell.asset === asset));
const whereOf = (places: readonly string[]) => (places.length === PLACES.length ? 'from everywhere' : enumerated(places));

/** First everybody for whom the same has changed, then everything that has. */
function merged(told: readonly Told[]): Told[] {
  const by = (all: readonly Told[], key: (one: Told) => string, into: (same: Told, one: Told) => void) => {
    const found = new Map<string, Told>();
    for (const one of all) {
      const id = `${one.key}\n${one.places.join()}\n${key(one)}`, same = found.get(id);
      if (same) {
        into(same, one);
        same.cells.push(...one.cells);
      } else {
        found.set(id, one);
      }
    }
    return [...found.values()];
  };
  const people = by(told, ({ what }) => what.join(), (same, { who }) => void same.who.push(...who));
  return by(people, ({ who }) => who.join(), (same, { what }) => void same.what.push(...what));
}

function saidOf({ before, after }: Change): Pick<Told, 'kind' | 'words' | 'key'> | undefined {
  const was = before?.answer ?? 'no', is = after?.answer ?? 'no', keys = enumerated(after?.keys ?? []), by = byOf(after);
  const said = (kind: Difference['kind'], verb: string, end: string) => ({
    kind, key: `${kind} ${verb} ${end}`, words: (who: string, what: string, where: string) => `The ${who} ${verb} ${what}, ${where}${end}.`,
  });
  if (is === 'unknown') {
    if (was === 'unknown') return undefined;
    return { kind: 'unknown', key: after!.reason!, words: (who, what, where) => `Whether the ${who} can ${what}, ${where}, is not known any more: ${after!.reason!}.` };
  }
  const depends = is === 'if' ? `, which depends on ${keys}` : '';
  if (was === 'unknown') return RANK[is] > 0 ? said('more', 'can', `${depends}${by}; before, that was not known`) : said('less', 'cannot', `${by}; before, that was not known`);
  if (RANK[is] > RANK[was]) return said('more', 'can now', `${depends}${by}`);
  if (is === 'no' && was !== 'no') return said('less', 'can no longer', by);
  if (RANK[is] < RANK[was]) return said('less', 'can now', `, only with particulars of the request: ${keys}${by}`);
  // Which is more, nobody knows who does not look: what it no longer depends on may be open now.
  return is === 'if' && before!.keys!.join() !== after!.keys!.join() ? said('more', 'can', `, which now depends on ${keys}; before, on ${enumerated(before!.keys!)}`) : undefined;
}

/** What decides now. */
function byOf(cell: Cell | undefined): string {
  if (!cell) return '';
  const { statements, reason } = cell, more = statements.length > 2 ? ` and ${statements.length - 2} more` : '';
  if (statements.length > 0) return ` (${statements.slice(0, 2).map(({ statement, policy }) => `${statement} of ${policy}`).join('; ')}${more})`;
  return reason === undefined || reason === NOTHING ? '' : ` (${reason})`;
}

const TITLES: Record<Difference['kind'], string> = { more: 'What somebody can do now', less: 'What somebody cannot do any more', unknown: 'What is not known any more, or called otherwise' };

export function differencesAsMarkdown(found: readonly Difference[], environments: number): string {
  const parts = (['more', 'less', 'unknown'] as const).flatMap((kind) => {
    const sentences = found.filter((one) => one.kind === kind).map(({ environment, sentence }) => `- ${environments > 1 ? `${environment}: ` : ''}${sentence}`);
    return sentences.length === 0 ? [] : [`## ${TITLES[kind]}`, sentences.join('\n')];
  });
  return `${['# What is different', ...(parts.length === 0 ? ['Everybody can do what they could before, and nothing else.'] : parts)].join('\n\n')}\n`;
}
