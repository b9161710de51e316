import { deepStrictEqual, ok } from 'assert';
import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { command, CommandFailed } from './consumers/command';
import { Container, HARNESS } from './containers';
import { Monitored } from './monitored';
import { payloads } from './payloads';
import { cardCheck, checkPage, checkReport } from './report-page';
import { TestCount } from './test-count';
import { PROJECTS, seedEnvironment } from '../python/seed-environment';

const { train: TRAIN, fineTune: FINE_TUNE, deploy: DEPLOY, batch: BATCH, image: IMAGE, monitor: MONITOR } = PROJECTS;
const PACKAGES = [[TRAIN, ['training', 'models', 'pipeline']], [FINE_TUNE, ['training', 'pipeline']], [DEPLOY, ['endpoint_test']], [BATCH, ['batch', 'pipeline']], [IMAGE, ['image_build']], [MONITOR, ['.']]] as const;
const atLeast = (metric: string, threshold: number) => ({ metric, comparison: 'at-least', threshold });
/** Of few rows, enough that a monitor says something of them. */
const SMALL = { validation: 0.15, test: 0.4, seed: 7 };
/** What `config.json` says for each data set: nothing else changes between them. */
const SETS = {
  diabetes: { task: 'regression', gate: { metric: 'rmse', comparison: 'at-most', threshold: 70 } },
  breast_cancer: { task: 'binary', gate: atLeast('auc', 0.95) },
  iris: { task: 'multi-class', gate: atLeast('accuracy', 0.85), split: SMALL },
  wine: { task: 'multi-class', gate: atLeast('accuracy', 0.9), model: 'random_forest', split: SMALL },
  penguins: { task: 'multi-class', target: 'species', gate: atLeast('accuracy', 0.9), model: 'neural_network', split: SMALL },
  penguins_weighed: { task: 'regression', target: 'body_mass_g', gate: atLeast('r2', 0.7), split: SMALL },
};
/** Those whose notebooks are run. */
const SHOWN = ['diabetes', 'penguins'];
/** Models of the seed with a framework each, and the data that each is tried with. */
const MODELS = [
  ['gradient_boosting', 'xgboost', 'diabetes'], ['random_forest', 'scikit-learn', 'breast_cancer'], ['neural_network', 'pytorch', 'diabetes'],
] as const;
/** With the local AWS. What that imports (ministack, botocore) has no types, so that it is checked without its own environment. */
const REHEARSAL = join(__dirname, '..', 'rehearsal');
const SDK = join(__dirname, '..', 'sdk');
const NOTEBOOK = join(__dirname, '..', '..', 'src', 'studio', 'notebook');
/** What an endpoint must keep to, as a stage would say it. */
const STAGE = { ENDPOINT_NAME: 'local', ENDPOINT_TEST_ROLE: 'none', REQUESTS: '100', ERROR_PERCENTAGE: '0', LATENCY_OF_95_PERCENT: '1000' };

/**
 * The seed code as a data scientist gets it: linted, typed and tested; a model of each task trained on real data, a bad model
 * refused, and the good one served, tested by the deployment's own endpoint test, run over data in batches, and monitored. Then
 * a model of each framework in what AWS's image of it runs, and a language model of two layers, made here, that is fine-tuned,
 * served and tested.
 * The local AWS of rehearsals is linted and typed as well.
 */
async function main(): Promise<void> {
  const python = seedEnvironment((line) => console.error(line));
  const folder = mkdtempSync(join(tmpdir(), 'seed-code-'));
  const run = (cwd: string, parameters: string[], env: NodeJS.ProcessEnv = {}) => inside(python, cwd, parameters, env);
  try {
    const counts: TestCount[] = [];
    for (const [project, packages] of PACKAGES) {
      await run(project, ['-m', 'ruff', 'check', '--no-cache', '.']);
      await run(project, ['-m', 'ruff', 'format', '--no-cache', '--check', '.']);
      await run(project, ['-m', 'mypy', `--cache-dir=${join(folder, 'mypy', basename(project))}`, ...packages]);
      counts.push(testsIn(await run(project, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests'])));
    }
    await run(REHEARSAL, ['-m', 'ruff', 'check', '--no-cache', '.', HARNESS]);
    await run(REHEARSAL, ['-m', 'mypy', `--cache-dir=${join(folder, 'mypy', 'rehearsal')}`, 'local_aws', 'tests', 'delivery/tools/aws_cli.py']);
    for (const place of [NOTEBOOK, SDK]) await run(place, ['-m', 'ruff', 'check', '--no-cache', '.']);
    await run(NOTEBOOK, ['-m', 'ruff', 'format', '--no-cache', '--check', '.']);
    await run(NOTEBOOK, ['-m', 'mypy', `--cache-dir=${join(folder, 'mypy', 'notebook')}`, '.']);
    console.log('✔ the local AWS of rehearsals, and what Studio runs as an application starts, are linted and typed');
    for (const [data, said] of Object.entries(SETS)) {
      const environment = configured(folder, (config) => Object.assign(config, { data, ...said })), trained = join(folder, data);
      const output = await run(TRAIN, ['-m', 'training.local', '--output', trained], environment);
      console.log(`✔ ${data}, ${said.task}: ${output.split('\n').find((line) => /^(mse|auc|accuracy) /.test(line))}`);
      await reports(trained, run, environment);
      await endpointOf(python, trained, folder, run, environment);
      if (SHOWN.includes(data)) await notebooks(run, folder, environment);
    }
    for (const [model, framework, data] of MODELS) {
      const trained = join(folder, model);
      const environment = configured(folder, (config) => Object.assign(config, { ...SETS[data], data, model }));
      await run(TRAIN, ['-m', 'training.local', '--output', trained], environment);
      const container = await Container.serving(trained, framework, python, (line) => console.error(line));
      try {
        const asked = await payloads(container.url, trained);
        console.log(`✔ ${model} as AWS's image of ${framework} serves it: ${asked} kinds of requests; endpoint test: ${await tested(trained, folder, container.url, run)}`);
        await inBatches(trained, folder, container.url, run);
      } finally {
        container.stop();
      }
    }
    await fineTuned(python, folder, run);
    await refused(run, folder);
    console.log('✔ a bad model does not pass the gate');
    console.log(`${TestCount.sum(counts)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Config { hyperParameters: Record<string, Record<string, number>> }

/** The project's configuration with a change, for what runs with the environment that is returned. */
function configured(folder: string, change: (config: Config) => void): { CONFIG: string } {
  const config = JSON.parse(readFileSync(join(TRAIN, 'config.json'), 'utf8')) as Config;
  change(config);
  const CONFIG = join(folder, 'config.json');
  writeFileSync(CONFIG, JSON.stringify(config));
  return { CONFIG };
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

/** What people and the registry read of an evaluation: of the first version, and of the same once more, compared with the first. */
async function reports(trained: string, run: Run, environment: NodeJS.ProcessEnv): Promise<void> {
  console.log(`✔ report: ${checkReport(join(trained, 'evaluation'), false)}`);
  await run(TRAIN, cardCheck(join(trained, 'evaluation')));
  const again = join(trained, 'again'), data = join(trained, 'data');
  const inputs = ['--model', join(trained, 'model'), '--data', join(data, 'test'), '--manifest', join(data, 'manifest'), '--baseline', join(data, 'baseline')];
  await run(TRAIN, ['-m', 'training.evaluate', ...inputs, '--previous', join(trained, 'baseline'), '--output', again], environment);
  console.log(`✔ report beside the version before: ${checkReport(join(again, 'evaluation'), true)}`);
}

/** The deployment's test against the model that is served here, with the sample that the version brings along. */
async function endpointOf(python: string, trained: string, folder: string, run: Run, environment: NodeJS.ProcessEnv): Promise<void> {
  const serving = spawn(python, ['-m', 'training.serve', '--model', join(trained, 'model'), '--port', '0'], { cwd: TRAIN, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  try {
    const url = await addressOf(serving);
    console.log(`✔ endpoint test: ${await tested(trained, folder, url, run)}`);
    writeFileSync(join(folder, 'tests.json'), JSON.stringify({ maximum: -1, classes: isOfClasses(trained) ? ['none'] : null }));
    await run(DEPLOY, ['-m', 'endpoint_test', '--release', folder, '--url', url, '--tests', join(folder, 'tests.json')], STAGE)
      .then(() => { throw new Error('the endpoint test passed, though every answer was out of range'); }, expecting(isOfClasses(trained) ? 'is none of the classes none' : 'is above -1'));
    await inBatches(trained, folder, url, run);
    await monitored(new Monitored(trained, url, join(trained, 'monitored'), (words) => run(MONITOR, ['.', ...words])));
  } finally {
    serving.kill();
  }
}

/** Whether it tells more than two classes apart. */
function isOfClasses(trained: string): boolean {
  return readFileSync(join(trained, 'evaluation', 'evaluation.json'), 'utf8').includes('multiclass_classification_metrics');
}

/** By the deployment's test, with the sample that the version brings along. */
async function tested(trained: string, folder: string, url: string, run: Run): Promise<string> {
  writeFileSync(join(folder, 'sample-payload.csv'), readFileSync(join(trained, 'samples', 'payload.csv')));
  return (await run(DEPLOY, ['-m', 'endpoint_test', '--release', folder, '--url', url], STAGE)).trim().replace(/^\S+: /, '');
}

/** The data that the model has not seen, through the model and the check of the batch project; a row that gets no answer is noticed. */
async function inBatches(trained: string, folder: string, url: string, run: Run): Promise<void> {
  const rows = join(folder, 'rows'), output = join(folder, 'batch');
  for (const directory of [rows, output]) rmSync(directory, { recursive: true, force: true });
  mkdirSync(rows);
  const [, ...lines] = readFileSync(join(trained, 'data', 'test', 'test.csv'), 'utf8').trim().split('\n');
  writeFileSync(join(rows, 'test.csv'), lines.map((line) => `${line.slice(0, line.lastIndexOf(','))}\n`).join('')); // the target stands last
  const said = await run(BATCH, ['-m', 'batch.local', '--url', url, '--input', rows, '--output', output]);
  console.log(`✔ in batches: ${said.trim()}`);
  const made = join(output, 'predictions', 'test.csv.out');
  writeFileSync(made, readFileSync(made, 'utf8').replace(/.*\n$/, ''));
  await run(BATCH, ['-m', 'batch.check', '--input', rows, '--predictions', join(output, 'predictions'), '--output', output])
    .then(() => { throw new Error('the check passed, though an answer was missing'); }, expecting(`${lines.length} rows went in and ${lines.length - 1} answers came out`));
}

/** Nothing to say of the data and the model as they were, and something as soon as one of them is not. */
async function monitored(endpoint: Monitored): Promise<void> {
  await endpoint.asked();
  endpoint.told();
  for (const check of ['data-quality', 'model-quality']) {
    const { metrics, features } = await endpoint.judged(check);
    deepStrictEqual([metrics.Violations, features], [0, []], `${check} of the same data`);
    ok(metrics.Rows > 50, `${check} looked at ${metrics.Rows} rows`);
  }
  endpoint.told(endpoint.upsideDown);
  const { metrics: { Quality, Violations } } = await endpoint.judged('model-quality');
  ok(Violations === 1 && Quality < 0.9, `by other truth the quality is ${Quality}`);
  await endpoint.asked(endpoint.shifted);
  const { metrics: { GreatestDrift }, features: drifted } = await endpoint.judged('data-quality');
  deepStrictEqual(drifted.length, 1, `of shifted data, ${drifted} are named`);
  console.log(`✔ monitor: drift of ${GreatestDrift.toFixed(2)} in ${drifted[0]}, quality ${Quality.toFixed(2)} by other truth; nothing before`);
}

/** Every cell, from first to last. What they print is not kept: neither here nor in repositories of projects. */
async function notebooks(run: Run, folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const names = readdirSync(join(TRAIN, 'notebooks')).filter((file) => file.endsWith('.ipynb')).map((file) => `notebooks/${file}`);
  for (const name of names) {
    const { cells } = JSON.parse(readFileSync(join(TRAIN, name), 'utf8')) as { cells: { outputs?: object[]; execution_count?: number | null }[] };
    ok(cells.every(({ outputs = [], execution_count: count = null }) => outputs.length === 0 && count === null), `${name} holds what its cells have printed`);
  }
  await run(TRAIN, ['-m', 'jupyter', 'execute', ...names], { ...environment, IPYTHONDIR: join(folder, 'ipython'), JUPYTER_RUNTIME_DIR: join(folder, 'jupyter') });
  console.log(`✔ ${names.join(', ')}`);
}

function addressOf(serving: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    serving.stdout!.once('data', (line: Buffer) => done(line.toString().trim()));
    serving.once('exit', (code) => failed(new Error(`the model was not served: ${code}`)));
  });
}

/** Without a way to Hugging Face: a proxy that nobody answers at stands before every address but this machine's. */
async function fineTuned(python: string, folder: string, run: Run): Promise<void> {
  const tiny = join(folder, 'tiny'), tuned = join(folder, 'fine-tuned');
  const offline = { CONFIG: join(FINE_TUNE, 'tests', 'tiny.json'), HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };
  const slower = { ...STAGE, REQUESTS: '20', LATENCY_OF_95_PERCENT: '60000' }; // a text is made token by token, here without a GPU
  await run(FINE_TUNE, ['-m', 'tests.tiny', tiny]);
  const output = await run(FINE_TUNE, ['-m', 'training.local', '--base', join(tiny, 'model'), '--data', join(tiny, 'data'), '--output', tuned], offline);
  console.log(`✔ a language model, fine-tuned: ${output.split('\n').find((line) => line.startsWith('loss '))}`);
  console.log(`✔ report: ${checkPage(readFileSync(join(tuned, 'evaluation', 'report.html'), 'utf8'))}`);
  await run(TRAIN, cardCheck(join(tuned, 'evaluation')));
  const again = join(tuned, 'again');
  const inputs = ['--base', join(tiny, 'model'), '--model', join(tuned, 'model'), '--data', join(tuned, 'data', 'test'), '--manifest', join(tuned, 'data', 'manifest')];
  await run(FINE_TUNE, ['-m', 'training.evaluate', ...inputs, '--previous', join(tuned, 'baseline'), '--output', again], offline);
  const compared = readFileSync(join(again, 'evaluation', 'report.html'), 'utf8');
  ok(compared.includes('no clear difference to the last approved version'), 'the same model is not said to be the same');
  console.log(`✔ report beside the version before: ${checkPage(compared)}`);
  const release = join(folder, 'fine-tuned-release');
  mkdirSync(release);
  writeFileSync(join(release, 'sample-payload.jsonl'), readFileSync(join(tuned, 'samples', 'payload.jsonl')));
  const serving = spawn(python, ['-m', 'training.serve', '--model', join(tuned, 'model'), '--port', '0'], { cwd: FINE_TUNE, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...offline } });
  try {
    const url = await addressOf(serving), tests = join(release, 'tests.json');
    const said = await run(DEPLOY, ['-m', 'endpoint_test', '--release', release, '--url', url], slower);
    console.log(`✔ endpoint test: ${said.trim().replace(/^\S+: /, '')}`);
    await promptsInBatches(tuned, folder, url, run);
    writeFileSync(tests, JSON.stringify({ classes: ['none'] }));
    await run(DEPLOY, ['-m', 'endpoint_test', '--release', release, '--url', url, '--tests', tests], slower)
      .then(() => { throw new Error('the endpoint test passed, though every text was another'); }, expecting('is none of the classes none'));
  } finally {
    serving.kill();
  }
}

/** Held-out prompts through the language model and the check of the batch project. */
async function promptsInBatches(tuned: string, folder: string, url: string, run: Run): Promise<void> {
  const prompts = join(folder, 'prompts'), CONFIG = join(folder, 'batch.json');
  mkdirSync(prompts);
  const lines = readFileSync(join(tuned, 'data', 'test', 'examples.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { prompt: string });
  writeFileSync(join(prompts, 'prompts.jsonl'), lines.map(({ prompt }) => `${JSON.stringify({ inputs: prompt })}\n`).join(''));
  writeFileSync(CONFIG, JSON.stringify({ ...JSON.parse(readFileSync(join(BATCH, 'config.json'), 'utf8')) as object, contentType: 'application/json' }));
  const said = await run(BATCH, ['-m', 'batch.local', '--url', url, '--input', prompts, '--output', join(folder, 'answered')], { CONFIG });
  ok(said.includes(`${lines.length} rows in 1 files are answered`), said);
  console.log(`✔ prompts in batches: ${said.trim()}`);
}

/** One tree that learns next to nothing. */
async function refused(run: Run, folder: string): Promise<void> {
  const environment = configured(folder, ({ hyperParameters }) => Object.assign(hyperParameters.gradient_boosting, { rounds: 1, eta: 0.0001 }));
  await run(TRAIN, ['-m', 'training.local', '--output', join(folder, 'bad')], environment)
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
