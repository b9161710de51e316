import { resolve } from 'path';
import colors from 'picocolors';
import { command } from './consumers/command';

const ROOT = resolve(__dirname, '..', '..');
const AT_ONCE = 2;

/** One check of the project, as people would call it by hand. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<string>;
  /** Checks whose results it needs. */
  readonly after: string[];
}

const projen = (...task: string[]) => () => node('projen/bin/projen', ...task);
const program = (path: string) => () => node('ts-node/dist/bin', '-T', '--project', 'integ/tsconfig.json', path);

/** Everything that has to hold, the longest first among those that can begin. */
const CHECKS: Check[] = [
  { name: 'handlers are bundled', run: projen('bundle:handlers'), after: [] },
  { name: 'the library compiles (jsii)', run: projen('compile'), after: ['handlers are bundled'] },
  { name: 'the Python environment', run: program('integ/python/environment.ts'), after: [] },
  { name: 'packages for npm, PyPI, Maven', run: projen('package-all'), after: ['the library compiles (jsii)'] },
  { name: 'unit, property and access tests', run: () => node('jest/bin/jest', '--ci', '--maxWorkers=1'), after: ['handlers are bundled'] },
  { name: 'consumers in TypeScript, Python, Java', run: program('integ/checks/consumers/check-consumers.ts'), after: ['packages for npm, PyPI, Maven', 'the Python environment'] },
  { name: 'cfn-lint over every app', run: program('integ/checks/lint/lint-apps.ts'), after: ['handlers are bundled', 'the Python environment'] },
  { name: 'rehearsal on a local AWS', run: program('integ/rehearsal/rehearse.ts'), after: ['handlers are bundled', 'the Python environment'] },
  { name: 'every policy statement is noticed', run: () => node('ts-node/dist/bin', '-T', '--project', 'test/tsconfig.json', 'test/access/mutation.ts'), after: ['handlers are bundled'] },
  { name: 'README and docstring examples', run: projen('rosetta:strict'), after: ['the library compiles (jsii)'] },
  { name: 'lint', run: projen('eslint'), after: [] },
  { name: 'tests and tools type-check', run: () => node('typescript/bin/tsc', '--noEmit', '--project', 'integ/tsconfig.json'), after: [] },
];

/** Runs every check, two at a time, and says at the end what does not hold. */
async function main(): Promise<number> {
  const began = Date.now();
  const failed = new Map<string, string>();
  const done = new Set<string>();
  const waiting = [...CHECKS];
  const atWork = new Set<Promise<void>>();
  while (waiting.length > 0 || atWork.size > 0) {
    const next = waiting.findIndex(({ after }) => after.every((name) => done.has(name)));
    if (next >= 0 && atWork.size < AT_ONCE) {
      const [check] = waiting.splice(next, 1);
      const work: Promise<void> = perform(check, check.after.find((name) => failed.has(name))).then((fault) => {
        if (fault !== undefined) failed.set(check.name, fault);
        done.add(check.name);
        atWork.delete(work);
      });
      atWork.add(work);
    } else {
      await Promise.race(atWork);
    }
  }
  for (const [name, fault] of failed) console.log(`\n${colors.red(colors.bold(name))}\n${fault}`);
  console.log(`\n${CHECKS.length - failed.size} of ${CHECKS.length} checks hold (${secondsSince(began)})`);
  return failed.size === 0 ? 0 : 1;
}

/** @returns what is wrong, if something is */
async function perform(check: Check, missing?: string): Promise<string | undefined> {
  if (missing !== undefined) return `not begun: "${missing}" failed`;
  const began = Date.now();
  try {
    const output = await check.run();
    console.log(`${colors.green('✔')} ${check.name} ${colors.dim(`(${secondsSince(began)})`)}`);
    for (const line of summaryOf(output)) console.log(colors.dim(`  ${line}`));
    return undefined;
  } catch (error) {
    console.log(`${colors.red('✘')} ${check.name} ${colors.dim(`(${secondsSince(began)})`)}`);
    return error instanceof Error ? error.message : String(error);
  }
}

/** The lines of a check's output that report figures. */
function summaryOf(output: string): string[] {
  return output.split('\n').filter((line) => /^(Tests:|cfn-lint:|✔|[\w-]+ +\d+ |variant |\d+ rehearsals)/.test(line)).map((line) => line.trimEnd());
}

function node(script: string, ...parameters: string[]): Promise<string> {
  return command(process.execPath, [`${ROOT}/node_modules/${script}`, ...parameters], { cwd: ROOT });
}

function secondsSince(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`;
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
