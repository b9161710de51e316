import { readFileSync } from 'fs';

/** Why a difference to what AWS says is meant. */
export interface Explanation {
  /** The difference, or the differences of which one reason holds: a regular expression over the whole of it. */
  readonly difference: string;
  readonly reason: string;
  /** Page or package that the reason rests on, where it is not our own decision. */
  readonly source?: string;
}

/** Explanations in a JSON file beside a test. */
export function readExplanations(file: string): Explanation[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Explanation[];
}

/** Differences and explanations held against each other. */
export interface Comparison {
  /** Differences that nobody has explained. */
  readonly unexplained: string[];
  /** Explanations of nothing that differs any more. */
  readonly stale: string[];
}

/** Which differences lack an explanation, and which explanations a difference. */
export function compare(differences: string[], explanations: Explanation[]): Comparison {
  const patterns = explanations.map(({ difference }) => new RegExp(`^(?:${difference})$`));
  return {
    unexplained: differences.filter((difference) => !patterns.some((pattern) => pattern.test(difference))),
    stale: explanations.filter((_, index) => !differences.some((difference) => patterns[index].test(difference))).map(({ difference }) => difference),
  };
}
