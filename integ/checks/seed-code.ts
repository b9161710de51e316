import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { command, CommandFailed } from './consumers/command';
import { TestCount } from './test-count';
import { SEED_PROJECTS, seedEnvironment } from '../python/seed-environment';

const { train: TRAIN, deploy: DEPLOY } = SEED_PROJECTS;
/** What an endpoint must keep to, as a stage would say it. */
const STAGE = { ENDPOINT_NAME: 'local', ENDPOINT_TEST_ROLE: 'none', REQUESTS: '100', ERROR_PERCENTAGE: '0', LATENCY_OF_95_PERCENT: '1000' };

/**
 * The seed code as a data scientist gets it: linted, typed and tested; both variants trained on their real data, a bad model
 * refused, and the good one served and tested by the deployment's own endpoint test.
 */
async function main(): Promise<void> {
  const python = seedEnvironment((line) => console.error(line));
  const folder = mkdtempSync(join(tmpdir(), 'seed-code-'));
  const run = (cwd: string, parameters: string[], env: NodeJS.ProcessEnv = {}) => inside(python, cwd, parameters, env);
  try {
    const counts: TestCount[] = [];
    for (const [project, packages] of [[TRAIN, ['training', 'pipeline']], [DEPLOY, ['endpoint_test']]] as const) {
      await run(project, ['-m', 'ruff', 'check', '--no-cache', '.']);
      await run(project, ['-m', 'ruff', 'format', '--no-cache', '--check', '.']);
      await run(project, ['-m', 'mypy', `--cache-dir=${join(folder, 'mypy')}`, ...packages]);
      counts.push(testsIn(await run(project, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests'])));
    }
    for (const variant of ['regression', 'classification']) {
      const output = await run(TRAIN, ['-m', 'training.local', '--output', join(folder, variant)], { VARIANT: variant });
      console.log(`✔ ${variant}: ${output.split('\n').find((line) => /^(mse|auc) /.test(line))}`);
      await endpointOf(python, join(folder, variant), folder, run);
    }
    await refused(run, folder);
    console.log('✔ a bad model does not pass the gate');
    console.log(`${TestCount.sum(counts)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = (cwd: string, parameters: string[], env?: NodeJS.ProcessEnv) => Promise<string>;

function inside(python: string, cwd: string, parameters: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const variables = Object.entries({ PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1', ...env }).map(([name, value]) => `${name}=${value}`);
  return command('env', [...variables, python, ...parameters], { cwd });
}

function testsIn(output: string): TestCount {
  const [, passed] = /(\d+) passed/.exec(output) ?? [];
  if (passed === undefined) throw new Error(`no test ran:\n${output}`);
  return new TestCount(Number(passed), 0);
}

/** The deployment's test against the model that is served here, with the sample that the version brings along. */
async function endpointOf(python: string, trained: string, folder: string, run: Run): Promise<void> {
  const serving = spawn(python, ['-m', 'training.serve', '--model', join(trained, 'model'), '--port', '0'], { cwd: TRAIN, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    writeFileSync(join(folder, 'sample-payload.csv'), readFileSync(join(trained, 'samples', 'payload.csv')));
    const test = ['-m', 'endpoint_test', '--release', folder, '--url', await addressOf(serving)];
    console.log(`✔ endpoint test: ${(await run(DEPLOY, test, STAGE)).trim().replace(/^\S+: /, '')}`);
    writeFileSync(join(folder, 'tests.json'), JSON.stringify({ maximum: -1 }));
    await run(DEPLOY, [...test, '--tests', join(folder, 'tests.json')], STAGE)
      .then(() => { throw new Error('the endpoint test passed, though every answer was out of range'); }, expecting('is above -1'));
  } finally {
    serving.kill();
  }
}

function addressOf(serving: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    serving.stdout!.once('data', (line: Buffer) => done(line.toString().trim()));
    serving.once('exit', (code) => failed(new Error(`the model was not served: ${code}`)));
  });
}

/** One tree that learns next to nothing. */
async function refused(run: Run, folder: string): Promise<void> {
  const config = JSON.parse(readFileSync(join(TRAIN, 'config.json'), 'utf8')) as { hyperParameters: Record<string, number> };
  Object.assign(config.hyperParameters, { rounds: 1, eta: 0.0001 });
  writeFileSync(join(folder, 'bad.json'), JSON.stringify(config));
  await run(TRAIN, ['-m', 'training.local', '--output', join(folder, 'bad')], { CONFIG: join(folder, 'bad.json') })
    .then(() => { throw new Error('the bad model has passed the gate'); }, expecting('The model is not registered'));
}

function expecting(reason: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof CommandFailed) || !error.output.includes(reason)) throw error;
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
