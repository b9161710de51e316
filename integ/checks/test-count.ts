/** How many tests ran, and what came of them. */
export class TestCount {
  /** The sum of every plain line `tests: N passed, N failed` of an output; undefined where there is none. */
  public static in(output: string): TestCount | undefined {
    const lines = [...output.matchAll(/^tests: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
    if (lines.length === 0) return undefined;
    return TestCount.sum(lines.map(([, passed, failed, skipped]) => new TestCount(Number(passed), Number(failed), Number(skipped ?? 0))));
  }

  /** The sum of several; nothing when there are none. */
  public static sum(counts: TestCount[]): TestCount {
    const sumOf = (figure: (count: TestCount) => number) => counts.reduce((sum, count) => sum + figure(count), 0);
    return new TestCount(sumOf(({ passed }) => passed), sumOf(({ failed }) => failed), sumOf(({ skipped }) => skipped));
  }

  /** What jest writes with `--json`. A file that cannot be run counts as a test that fails. */
  public static ofJest(json: string): TestCount {
    const told = JSON.parse(json) as Record<string, number>;
    return new TestCount(told.numPassedTests, told.numFailedTests + told.numRuntimeErrorTestSuites, told.numPendingTests + told.numTodoTests);
  }

  /** What Python's unittest says at its end; undefined if it came to none. */
  public static ofUnittest(output: string): TestCount | undefined {
    const [, ran, verdict] = /^Ran (\d+) tests? in [\s\S]*^((?:OK|FAILED|NO TESTS RAN).*)$/m.exec(output) ?? [];
    if (ran === undefined) return undefined;
    const figure = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(verdict)?.[1] ?? 0);
    const failed = figure('failures') + figure('errors') + figure('unexpected successes');
    return new TestCount(Math.max(0, Number(ran) - failed - figure('skipped')), failed, figure('skipped'));
  }

  constructor(public readonly passed: number, public readonly failed: number, public readonly skipped = 0) {}

  /** The line that people and machines look for at the end. */
  public get plain(): string {
    return `${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ''}`;
  }

  /** The same as one of many checks writes it, to be summed up. */
  public toString(): string {
    return `tests: ${this.plain}`;
  }
}
