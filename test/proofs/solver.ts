import { spawnSync } from 'child_process';
import { dirname, join } from 'path';
import { Term } from './encoding/terms';
import { sharedPython } from '../python/shared-python';

/** What a solver says of a question, in which it may choose every unknown. */
export type Answer = 'sat' | 'unsat';

/** By the clock: a machine that has much else to do is slow, and nothing that is asked here takes a minute of its own. */
const SECONDS = 600;

/** The SMT solver z3, a process for each call. */
export class Solver {
  public static async start(): Promise<Solver> {
    return new Solver(join(dirname(await sharedPython()), 'z3'));
  }

  private constructor(private readonly program: string) {}

  /**
   * Asks several questions about the same unknowns.
   *
   * @param script what is declared, defined and assumed in all of them
   */
  public answers(script: string[], questions: Term[]): Answer[] {
    const lines = this.run([...script, ...questions.map((question) => `(push)(assert ${question})(check-sat)(pop)`)]);
    return lines.map((line) => {
      if (line === 'sat' || line === 'unsat') return line;
      throw new Error(`z3 says ${line}`);
    });
  }

  /** Values of unknowns for which a question holds, as text; undefined where there are none. */
  public example(script: string[], question: Term, unknowns: Term[]): Map<Term, string> | undefined {
    const [answer, ...values] = this.run([...script, `(assert ${question})`, '(check-sat)', ...unknowns.map((unknown) => `(get-value (${unknown}))`)]);
    return valuesOf(answer, values, unknowns);
  }

  /** Of several scripts, each with unknowns of its own: values for which all that it asserts holds; undefined where there are none. */
  public examples(scripts: { script: string[]; unknowns: Term[] }[]): (Map<Term, string> | undefined)[] {
    if (scripts.length === 0) return [];
    const asked = scripts.flatMap(({ script, unknowns }) => ['(reset)', ...script, '(check-sat)', ...unknowns.map((unknown) => `(get-value (${unknown}))`), '(echo "end")']);
    const parts = this.run(asked).join('\n').split('\nend').slice(0, -1).map((part) => part.trim().split('\n'));
    return parts.map(([answer, ...values], at) => valuesOf(answer, values, scripts[at].unknowns));
  }

  /** What closed terms come to. */
  public values(script: string[]): string[] {
    return this.run(script);
  }

  private run(script: string[]): string[] {
    const options = { input: script.join('\n'), encoding: 'utf8', maxBuffer: 1e8 } as const;
    const { stdout, stderr, status } = spawnSync(this.program, ['-in', '-smt2', `-T:${SECONDS}`], options);
    const wrong = stdout?.split('\n').find((line) => line.startsWith('(error') && !line.includes('model is not available'));
    if (wrong !== undefined || (status !== 0 && !stdout.includes('model is not available'))) throw new Error(`z3: ${wrong ?? stderr}`);
    const lines = stdout.split('\n').filter(Boolean);
    if (lines.includes('timeout')) throw new Error(`z3 has no answer after ${SECONDS} s`);
    return lines;
  }
}

function valuesOf(answer: string, values: string[], unknowns: Term[]): Map<Term, string> | undefined {
  if (answer === 'unsat') return undefined;
  if (answer !== 'sat') throw new Error(`z3 says ${answer}`);
  return new Map(unknowns.map((unknown, at) => [unknown, values[at].slice(3 + unknown.length, -2)]));
}
