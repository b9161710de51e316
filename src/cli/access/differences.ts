import { Cell, Matrix } from './matrix';
import { Answer } from './weigh';

/** What has become different for somebody, between two versions of an app. */
export interface Difference {
  /** Whether somebody can do more, or less; neither, where it is not known. */
  readonly kind: 'more' | 'less' | 'unknown';
  readonly sentence: string;
  readonly before?: Cell;
  readonly after?: Cell;
}

const RANK: Record<Exclude<Answer, 'unknown'>, number> = { no: 0, if: 1, yes: 2 };
const keyOf = ({ environment, who, what, place }: Cell) => [environment, who, what, place].join('\n');

/** What is different, in sentences. Who, or what, was not there before could do nothing, or nothing be done to it. */
export function differencesOf(before: Matrix, after: Matrix): Difference[] {
  const old = new Map(before.cells.map((cell) => [keyOf(cell), cell])), now = new Map(after.cells.map((cell) => [keyOf(cell), cell]));
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys.flatMap((key) => differenceOf(old.get(key), now.get(key)) ?? []);
}

function differenceOf(before: Cell | undefined, after: Cell | undefined): Difference | undefined {
  const was = before?.answer ?? 'no', is = after?.answer ?? 'no', { who, what, place } = (after ?? before)!;
  const cells = { before, after }, where = place[0].toLowerCase() + place.slice(1);
  if (is === 'unknown') return was === 'unknown' ? undefined : { kind: 'unknown', sentence: `Whether the ${who} can ${what}, ${where}, is not known any more: ${after!.reason}.`, ...cells };
  const by = after && after.statements.length > 0 ? ` (${after.statements.slice(0, 2).join('; ')})` : '';
  const depends = is === 'if' ? `, which depends on ${after!.keys!.join(', ')}` : '';
  if (was === 'unknown') {
    return { kind: RANK[is] > 0 ? 'more' : 'less', sentence: `The ${who} can${RANK[is] > 0 ? '' : 'not'} ${what}, ${where}${depends}${by}; before, that was not known.`, ...cells };
  }
  if (RANK[is] > RANK[was]) return { kind: 'more', sentence: `The ${who} can now ${what}, ${where}${depends}${by}.`, ...cells };
  if (is === 'no' && was !== 'no') return { kind: 'less', sentence: `The ${who} can no longer ${what}, ${where}${by}.`, ...cells };
  if (RANK[is] < RANK[was]) return { kind: 'less', sentence: `The ${who} can now ${what}, ${where}, only with particulars of the request${depends}${by}.`, ...cells };
  if (is === 'if' && before!.keys!.join() !== after!.keys!.join()) {
    // Which is more, nobody knows who does not look: what it no longer depends on may be open now.
    return { kind: 'more', sentence: `Whether the ${who} can ${what}, ${where}, now depends on ${after!.keys!.join(', ')}; before, on ${before!.keys!.join(', ')}.`, ...cells };
  }
  return undefined;
}

export function differencesAsMarkdown(found: readonly Difference[]): string {
  const part = (title: string, kind: Difference['kind']) => {
    const sentences = found.filter((one) => one.kind === kind).map(({ sentence }) => `- ${sentence}`);
    return sentences.length === 0 ? [] : [`## ${title}`, sentences.join('\n')];
  };
  const parts = [...part('What somebody can do now', 'more'), ...part('What somebody cannot do any more', 'less'), ...part('What is not known any more', 'unknown')];
  return `${['# What is different', ...(parts.length === 0 ? ['Everybody can do what they could before, and nothing else.'] : parts)].join('\n\n')}\n`;
}
