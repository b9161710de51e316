import { Asset } from './asset';
import { Replacements } from '../../access/simulator';
import { and, not, or, Term } from '../encoding/terms';
import { Solver } from '../solver';

/** What may be allowed. */
export interface Permitted {
  readonly name: string;
  readonly request: Term;
}

/** Of these requests to an asset, only what is permitted is allowed; and all that is permitted can be. */
export interface Theorem {
  readonly name: string;
  readonly asset: Asset;
  /** The requests that it is about. */
  readonly about: Term;
  readonly permitted: Permitted[];
}

/** What is wrong with theorems about one asset: one that does not hold, or one that permits what is never allowed. */
export function faultsOf(theorems: Theorem[], solver: Solver, replacements?: Replacements): string[] {
  const questions = theorems.flatMap(({ name, about, permitted }) => [
    { question: and(about, not(or(...permitted.map(({ request }) => request)))), good: 'unsat', fault: `${name}: something else is allowed` },
    ...permitted.map((each) => ({ question: and(about, each.request), good: 'sat', fault: `${name}: not allowed: ${each.name}` })),
  ]);
  const { lines } = theorems[0].asset.script(replacements);
  const answers = solver.answers(lines, questions.map(({ question }) => question));
  return questions.filter(({ good }, at) => answers[at] !== good).map(({ fault }) => fault);
}
