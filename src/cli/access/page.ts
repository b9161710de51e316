import { Cell, EnvironmentOfMatrix, Matrix } from './matrix';
import { Notes } from './notes';
import { PLACES } from './places';
import { enumerated, together } from './words';

/** What is printed of an environment, before it is Markdown or HTML. */
export interface Page {
  readonly environment: EnvironmentOfMatrix;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Titles of those to whom nothing of all that is allowed. */
  readonly nobody: readonly string[];
}

/** Those who may do the same. */
export interface Column {
  readonly group: string;
  readonly titles: readonly string[];
}

/** Deeds that are as open to everybody, on assets of a kind. */
export interface Row {
  readonly deed: string;
  readonly actions: readonly string[];
  readonly assets: string;
  readonly cells: readonly Shown[];
  /** What denies it, to whom. */
  readonly denials: readonly string[];
}

export interface Shown {
  /** Letters of places, or a dash. */
  readonly text: string;
  readonly numbers: readonly number[];
  readonly look: 'yes' | 'if' | 'unknown' | 'no';
  /** All that decides, place by place. */
  readonly details: string;
}

const MARKS = { yes: '', if: '*', unknown: '?' } as const;

export function pagesOf({ environments, cells }: Matrix): Page[] {
  return environments.map((environment) => pageOf(environment, cells.filter((cell) => cell.environment === environment.name)));
}

/** By asset and deed, who, and place. */
type Cells = Map<string, Map<string, Cell[]>>;

function pageOf(environment: EnvironmentOfMatrix, cells: readonly Cell[]): Page {
  const questions: Cells = new Map();
  for (const cell of cells) {
    const key = `${cell.asset}\n${cell.deed}`, of = questions.get(key) ?? new Map<string, Cell[]>();
    questions.set(key, of.set(cell.who, [...of.get(cell.who) ?? [], cell]));
  }
  const { people } = environment, isKnown = (title: string) => [...questions.values()].some((of) => of.get(title)!.some(({ answer }) => answer !== 'no'));
  const columns = columnsOf(people.filter(({ title }) => isKnown(title)), questions);
  const notes = new Notes(environment.path), titles = people.map(({ title }) => title);
  const rows = groupsOf(questions, titles).map((group): Row => {
    const firsts = group.map((of) => [...of.values()][0][0]), distinct = (what: 'deed' | 'asset' | 'action') => [...new Set(firsts.map((cell) => cell[what]))];
    return {
      deed: enumerated(distinct('deed')),
      actions: distinct('action'),
      assets: together(distinct('asset')),
      cells: columns.map(({ titles: [title] }) => shown(group.map((of) => of.get(title)!), notes)),
      denials: notes.denialsOf(group, titles, people.filter(({ group: kind }) => kind !== 'For comparison').map(({ title }) => title)),
    };
  });
  return { environment, columns, rows, notes: notes.texts(), nobody: titles.filter((title) => !isKnown(title)) };
}

const answersOf = (cells: readonly Cell[]) => cells.map(({ answer, keys = [], reason }) => `${answer} ${keys.join()} ${answer === 'unknown' ? reason : ''}`).join();

/** Those who may do the same in everything are one column. */
function columnsOf(people: EnvironmentOfMatrix['people'], questions: Cells): Column[] {
  const found = new Map<string, { group: string; titles: string[] }>();
  for (const { title, group } of people) {
    const key = `${group}\n${[...questions.values()].map((of) => answersOf(of.get(title)!)).join('\n')}`;
    found.set(key, { group, titles: [...found.get(key)?.titles ?? [], title] });
  }
  return [...found.values()];
}

/** Deeds that are as open to everybody: the same ones on several assets, or several ones on the same. */
function groupsOf(questions: Cells, titles: readonly string[]): Map<string, Cell[]>[][] {
  const deeds = new Map<string, Map<string, Map<string, Cell[]>[]>>();
  for (const [key, of] of questions) {
    const deed = key.split('\n')[1], groups = deeds.get(deed) ?? new Map<string, Map<string, Cell[]>[]>(), answers = titles.map((title) => answersOf(of.get(title)!)).join('\n');
    deeds.set(deed, groups.set(answers, [...groups.get(answers) ?? [], of]));
  }
  const rows = new Map<string, Map<string, Cell[]>[]>();
  for (const [answers, group] of [...deeds.values()].flatMap((groups) => [...groups])) {
    const key = `${group.map((of) => [...of.values()][0][0].asset).join()}\n${answers}`;
    rows.set(key, [...rows.get(key) ?? [], ...group]);
  }
  return [...rows.values()];
}

function shown(group: readonly (readonly Cell[])[], notes: Notes): Shown {
  const [cells] = group, open = cells.filter(({ answer }) => answer !== 'no');
  const letters = open.map(({ place, answer }) => PLACES.find(({ title }) => title === place)!.letter + MARKS[answer as keyof typeof MARKS]);
  const look = (['yes', 'if', 'unknown'] as const).find((answer) => open.some((cell) => cell.answer === answer)) ?? 'no';
  return {
    text: open.length === 0 ? '–' : letters.join(' '),
    numbers: [...new Set(group.flatMap((of) => of.filter(({ answer }) => answer !== 'no')).flatMap((cell) => notes.numbersOf(cell)))].sort((one, other) => one - other),
    look,
    details: group.flatMap((of) => of.map((cell) => `${group.length > 1 ? `${cell.asset}, ` : ''}${cell.place}: ${detailsOf(cell)}`)).join('\n'),
  };
}

/** What decides, in words. */
export function detailsOf({ answer, statements, keys, reason }: Cell): string {
  const by = statements.map(({ statement, kind, policy }) => `${statement} (${kind} of ${policy})`);
  const text = { yes: 'allowed', if: `allowed, depending on ${enumerated(keys ?? [])}`, no: 'denied', unknown: 'not known' }[answer];
  return `${text}: ${by.length > 0 ? by.join('; ') : reason!}`;
}
