import { resolve } from 'path';
import { parseArgs } from 'util';
import { apiReference } from './api-reference';
import { command, CommandFailed } from './consumers/command';
import { otherLanguages } from './other-languages';
import { TestCount } from './test-count';
import { unitTests } from './unit-tests';
import { colors } from '../colors';

const ROOT = resolve(__dirname, '..', '..');
const AT_ONCE = 2;
/** Words where nobody looks: marks like these are how other test runners report theirs, and logs are read for those. */
const [GOOD, BAD] = process.stdout.isTTY ? ['✔', '✘'] : ['holds:', 'does not hold:'];

/** One check of the project, as people would call it by hand. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<string>;
  /** Checks whose results it needs. */
  readonly after: string[];
  /** Whether it runs tests and says how many: if it runs none, it does not hold. */
  readonly tests?: boolean;
  /** What to do if it does not hold, where its own words do not say so. */
  readonly remedy?: string;
}

/** What came of a check. */
interface Outcome {
  /** What is wrong, if something is. */
  readonly fault?: string;
  readonly count?: TestCount;
}

const projen = (...task: string[]) => () => node('projen/bin/projen', ...task);
const program = (path: string, ...parameters: string[]) => () => node('ts-node/dist/bin', '-T', '--project', 'integ/tsconfig.json', path, ...parameters);

const typeCheck = (folder: string) => () => node('typescript/bin/tsc', '--noEmit', '--project', `${folder}/tsconfig.json`);

/** Everything that has to hold, the longest first among those that can begin. */
const CHECKS: Check[] = [
  { name: 'handlers are bundled', run: projen('bundle:handlers'), after: [] },
  { name: 'the library compiles (jsii)', run: projen('compile'), after: ['handlers are bundled'] },
  { name: 'the Python environment', run: program('integ/python/environment.ts'), after: [] },
  { name: 'the seed code\'s Python environment', run: program('integ/python/seed-environment.ts'), after: [] },
  { name: 'packages for npm, PyPI, Maven', run: projen('package-all'), after: ['the library compiles (jsii)'] },
  { name: 'unit, property and access tests', run: unitTests, after: ['handlers are bundled', 'the Python environment'], tests: true },
  { name: 'consumers in TypeScript, Python, Java', run: program('integ/checks/consumers/check-consumers.ts'), after: ['packages for npm, PyPI, Maven', 'the Python environment', 'README and docstring examples'] },
  { name: 'cfn-lint over every app', run: program('integ/checks/lint/lint-apps.ts'), after: ['handlers are bundled', 'the Python environment'] },
  { name: 'acceptance, as far as the local AWS goes', run: program('integ/acceptance/acceptance.ts', '--local'), after: ['handlers are bundled', 'the Python environment'], tests: true },
  { name: 'rehearsal on a local AWS', run: program('integ/rehearsal/rehearse.ts'), after: ['handlers are bundled', 'the Python environment', 'the seed code\'s Python environment'], tests: true },
  { name: 'the quickstart', run: program('integ/quickstart/quickstart.ts', '--prepared'), after: ['the library compiles (jsii)', 'the Python environment'] },
  { name: 'seed code on its real data', run: program('integ/checks/seed-code.ts'), after: ['handlers are bundled', 'the seed code\'s Python environment'], tests: true },
  { name: 'every policy statement is noticed', run: () => node('ts-node/dist/bin', '-T', '--project', 'test/tsconfig.json', 'test/access/mutation.ts'), after: ['handlers are bundled'] },
  { name: 'apps are what their snapshots say', run: projen('integ'), after: ['handlers are bundled'], remedy: 'If the change was meant: npx projen integ:update' },
  { name: 'API.md', run: apiReference, after: ['the library compiles (jsii)'], remedy: 'Run: npx projen compile && npx projen docgen' },
  { name: 'the API is usable in other languages', run: otherLanguages, after: ['the library compiles (jsii)'] },
  { name: 'README and docstring examples', run: projen('rosetta:strict'), after: ['the library compiles (jsii)'] },
  { name: 'lint', run: projen('eslint'), after: [] },
  { name: 'tools type-check', run: typeCheck('integ'), after: [] },
  { name: 'tests type-check', run: typeCheck('test'), after: [] },
];

/** Runs every check, two at a time, and says at the end what does not hold. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const chosen = values.only ? withWhatTheyNeed(values.only) : CHECKS;
  const began = Date.now();
  const outcomes = new Map<string, Outcome>();
  const failed = (name: string) => outcomes.get(name)?.fault !== undefined;
  const waiting = [...chosen];
  const atWork = new Set<Promise<void>>();
  while (waiting.length > 0 || atWork.size > 0) {
    const next = waiting.findIndex(({ after }) => after.every((name) => outcomes.has(name)));
    if (next >= 0 && atWork.size < AT_ONCE) {
      const [check] = waiting.splice(next, 1);
      const work: Promise<void> = perform(check, check.after.find(failed)).then((outcome) => {
        outcomes.set(check.name, outcome);
        atWork.delete(work);
      });
      atWork.add(work);
    } else {
      await Promise.race(atWork);
    }
  }
  for (const { name, remedy } of chosen.filter((check) => failed(check.name))) {
    console.log(['', colors.red(colors.bold(name)), outcomes.get(name)?.fault, ...remedy ? [remedy] : []].join('\n'));
  }
  const holding = chosen.filter(({ name }) => !failed(name)).length;
  console.log(`\n${holding} of ${chosen.length} checks hold (${secondsSince(began)})\n`);
  // Alone on the last line: those who read the log look for it there.
  if (chosen.some(({ tests }) => tests)) console.log(TestCount.sum([...outcomes.values()].flatMap(({ count }) => count ?? [])).plain);
  return holding === chosen.length ? 0 : 1;
}

/** The checks of which something is in the name; projen passes words on, but no quotes. */
function withWhatTheyNeed(parts: string[]): Check[] {
  const named = (part: string) => CHECKS.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  const unknown = parts.find((part) => named(part).length === 0);
  if (unknown !== undefined) throw new Error(`No such check: "${unknown}"; there are\n${CHECKS.map(({ name }) => name).join('\n')}`);
  const needed = new Set(parts.flatMap(named));
  // A set grows while it is read.
  for (const { after } of needed) for (const other of CHECKS.filter(({ name }) => after.includes(name))) needed.add(other);
  return CHECKS.filter((check) => needed.has(check));
}

async function perform(check: Check, missing?: string): Promise<Outcome> {
  if (missing !== undefined) return { fault: `not begun: "${missing}" failed` };
  const began = Date.now();
  const outcome = await check.run().then((output) => outcomeOf(check, output), (error: Error) => (
    { fault: error.message, count: error instanceof CommandFailed ? TestCount.in(error.output) : undefined, figures: [] }
  ));
  const mark = outcome.fault === undefined ? colors.green(GOOD) : colors.red(BAD);
  console.log(`${mark} ${check.name} ${colors.dim(`(${secondsSince(began)})`)}`);
  for (const line of outcome.figures) console.log(colors.dim(`  ${line}`));
  return outcome;
}

/** What a check says that ended well. */
function outcomeOf({ tests }: Check, output: string): Outcome & { figures: string[] } {
  const count = TestCount.in(output);
  const none = tests && !count?.passed;
  return { fault: none ? 'It ended well, but ran no test.' : undefined, count, figures: figuresOf(output) };
}

/** The lines of a check's output that report figures. */
function figuresOf(output: string): string[] {
  return output.split('\n').filter((line) => /^(tests:|cfn-lint:|✔|[\w-]+ +\d+ |variant |\d+ rehearsals)/.test(line)).map((line) => (
    line.trimEnd().replace('✔', GOOD).replace(/^tests: (\d+) passed, (\d+) failed/, '$1 tests hold, $2 do not')
  ));
}

function node(script: string, ...parameters: string[]): Promise<string> {
  return command(process.execPath, [`${ROOT}/node_modules/${script}`, ...parameters], { cwd: ROOT });
}

function secondsSince(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`;
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
