import { cfnLint, LintMatch, resourceOf } from './cfn-lint';
import { EXPLAINED_WARNINGS } from './explained-warnings';

/** What a run of cfn-lint leaves to be done. */
export interface LintReport {
  readonly templates: number;
  readonly explained: number;
  /** Errors, and warnings that nobody has explained. */
  readonly faults: string[];
  /** Explanations of warnings that are gone. */
  readonly stale: string[];
}

/** Lints templates; whether stale explanations matter is the caller's to say, who knows if these are all templates. */
export async function lint(templates: string[]): Promise<LintReport> {
  const matches = await cfnLint(templates);
  const explained = matches.filter((match) => explanationOf(match));
  const used = new Set(explained.map(explanationOf));
  return {
    templates: templates.length,
    explained: explained.length,
    faults: matches.filter((match) => !explanationOf(match)).map((match) => `${match.Level} ${match.Rule.Id} at ${resourceOf(match)}: ${match.Message} (${match.Filename})`),
    stale: EXPLAINED_WARNINGS.filter((one) => !used.has(one)).map(({ rule, resources }) => `${rule} at ${resources}`),
  };
}

function explanationOf(match: LintMatch) {
  if (match.Level === 'Error') return undefined; // an error is mended, never explained
  return EXPLAINED_WARNINGS.find(({ rule, resources }) => rule === match.Rule.Id && resources.test(resourceOf(match)));
}
