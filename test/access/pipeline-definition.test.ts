import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { churn } from './churn-app';
import { conditionKeysOf, PipelineRequest, pipelineRequests, SEED_CODE, WITH_SDK, without, Writer } from './pipeline/pipeline-requests';
import { Scenario } from './scenario';
import { Decision, Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { hasLocalStorage } from '../../src/identity/instance-families';

/** What the seed code asks of SageMaker, before the policies of the environment that it runs in: change one, and the other must follow. */

const system = churn();
const simulator = new Simulator();
const TRAIN = join(SEED_CODE, 'train');
const JOBS = ['Process', 'Train', 'Evaluate', 'Evidence'];
const KEYS = ['sagemaker:VpcSubnets', 'sagemaker:VpcSecurityGroupIds', 'sagemaker:VolumeKmsKeyArn', 'sagemaker:OutputKmsKeyArn', 'sagemaker:InterContainerTrafficEncryption'];
/** What batch inference makes, and what guards it: SageMaker asks for no network of a transform, which runs in its model's. */
const GUARDED: [string, string[]][] = [
  ['Model', ['sagemaker:VpcSubnets', 'sagemaker:VpcSecurityGroupIds', 'sagemaker:NetworkIsolation']],
  ['Transform', ['sagemaker:VolumeKmsKeyArn', 'sagemaker:OutputKmsKeyArn']],
  ['Check', KEYS],
];

const asPipeline = (does: string, on: string): Scenario =>
  ({ id: 'pipeline-definition', expect: 'allow', who: 'pipelineExecution', does, on, from: 'environmentVpc', why: 'the seed code runs' });

/** What becomes of a request that the pipeline's role makes. */
async function outcomeOf(request: PipelineRequest): Promise<Decision['outcome']> {
  const scenario = asPipeline(`sagemaker:${request.operation}`, request.operation === 'CreateModelPackage' ? 'modelPackage' : 'anyJob');
  const { outcome } = await tryOut(trialOf({ ...scenario, given: { context: conditionKeysOf(request) } }, system), simulator);
  return outcome;
}

const { hyperParameters, ...config } = JSON.parse(readFileSync(join(TRAIN, 'config.json'), 'utf8')) as { hyperParameters: Record<string, object> };
const TUNING = { ranges: { max_depth: { minimum: 2, maximum: 8 }, eta: { minimum: 0.01, maximum: 0.3, scaling: 'Logarithmic' } }, jobs: 12, parallel: 3 };
/** What `config.json` may make of the pipeline, by what it is about. */
const VARIANTS: Record<string, object> = {
  ...Object.fromEntries(readdirSync(join(TRAIN, 'models')).map((file) => file.replace('.py', '')).filter((name) => !name.startsWith('_')).map((model) => [model, { model }])),
  'a binary task': { task: 'binary', data: 'breast_cancer', gate: { metric: 'auc', comparison: 'at-least', threshold: 0.97 } },
  'several classes': { task: 'multi-class', data: 'wine', gate: { metric: 'accuracy', comparison: 'at-least', threshold: 0.9 } },
  'data of one\'s own and cached steps': { input: 'churn/training/', cache: 'P30D' },
  'a data source': { input: 's3://sales-of-the-company/churn/' },
  'tuned hyper-parameters': { tuning: TUNING },
};

describe.each(['train', 'fine-tune'] as const)('the job of a project of the kind %s that logs a run to MLflow', (project) => {
  let track: PipelineRequest;

  beforeAll(async () => {
    const guardrails = system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob'));
    const MLFLOW_TRACKING_SERVER_ARN = 'arn:aws:sagemaker:eu-west-1:111111111111:mlflow-tracking-server/churn--mlflow';
    track = (await pipelineRequests(project, { MLFLOW_TRACKING_SERVER_ARN }, guardrails)).find(({ step }) => step === 'Track')!;
  }, 180_000);

  test('says nothing that SageMaker\'s API does not know', () => {
    expect(track.faults).toBeFalsy();
  });

  test('is allowed, though it is not isolated', async () => {
    expect(conditionKeysOf(track)).toMatchObject({ 'sagemaker:NetworkIsolation': 'false' });
    expect(await outcomeOf(track)).toBe('allow');
  });

  test.each(KEYS)('is refused without %s', async (key) => {
    expect(conditionKeysOf(track)).toHaveProperty([key]);
    expect(await outcomeOf(without(key, track))).toBe('deny');
  });
});

/** Who writes which of them. */
const WRITTEN: [string, string, object, Writer | undefined][] = [
  ...Object.entries(VARIANTS).map(([name, differs]): [string, string, object, undefined] => ['', name, differs, undefined]),
  [' with the SDK', 'a random forest of data of one\'s own and cached steps', { model: 'random_forest', input: 'churn/training/', cache: 'P30D' }, WITH_SDK],
  [' with the SDK', 'tuned hyper-parameters', { tuning: TUNING }, WITH_SDK],
];

describe.each(WRITTEN)('the pipeline of the seed code%s for %s', (_, __, differs, writer) => {
  let requests: PipelineRequest[];
  const jobs = JOBS.map((name) => (name === 'Train' && 'tuning' in differs ? 'Tune' : name));

  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'config.json');
    writeFileSync(file, JSON.stringify({ ...config, hyperParameters, ...differs }));
    requests = await pipelineRequests('train', { CONFIG: file }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')), writer);
    rmSync(dirname(file), { recursive: true });
  }, 600_000);

  const step = (name: string) => requests.find((request) => request.step === name)!;

  test('makes these jobs, and registers a version', () => {
    expect(requests.map((request) => request.step)).toEqual([...jobs, 'Register']);
  });

  test('says nothing that SageMaker\'s API does not know, and leaves out nothing that it wants', () => {
    expect(requests.map(({ faults }) => faults).filter(Boolean)).toEqual([]);
  });

  test.each([...jobs, 'Register'])('%s is allowed', async (name) => {
    expect(await outcomeOf(step(name))).toBe('allow');
  });

  test.each(jobs.flatMap((name) => KEYS.map((key) => [name, key])))('%s is refused without %s', async (name, key) => {
    expect(conditionKeysOf(step(name))).toHaveProperty([key]);
    expect(await outcomeOf(without(key, step(name)))).toBe('deny');
  });

  test('a version that is approved from the beginning is refused', async () => {
    const register = step('Register');
    expect(await outcomeOf({ ...register, parameters: { ...register.parameters, ModelApprovalStatus: 'Approved' } })).toBe('deny');
  });
});

test('the SDK adds nothing to the pipeline but its own defaults', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'config.json');
  writeFileSync(file, JSON.stringify({ ...config, hyperParameters }));
  const of = (writer?: Writer) => pipelineRequests('train', { CONFIG: file }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')), writer);
  const [own, sdk] = [pathsIn(await of()), pathsIn(await of(WITH_SDK))];
  rmSync(dirname(file), { recursive: true });
  const differences = [...new Set([...own.keys(), ...sdk.keys()])].filter((path) => own.get(path) !== sdk.get(path)).map((path) => path.replace(/^.*?\.parameters\./, '').replace(/\[\d+\]/g, ''));
  expect([...new Set(differences)].sort()).toEqual([
    'AlgorithmSpecification.ContainerEntrypoint', 'Environment.PIP_NO_BUILD_ISOLATION', 'HyperParameters.sagemaker_program', 'HyperParameters.sagemaker_submit_directory', // it would upload an entry point
    'InputDataConfig.InputMode', 'OutputDataConfig.CompressionType', 'ProcessingInputs.S3Input.S3CompressionType', 'ProfilerConfig.DisableProfiler',
  ]);
}, 600_000);

/** Every value by the names that lead to it. */
function pathsIn(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  const parts = Object.entries(value).map(([name, one]) => pathsIn(one, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`));
  return new Map(parts.flatMap((part) => [...part]));
}

describe.each([
  ['as it is', {}],
  ['of data sources, on spare capacity', { baseModel: 's3://models-of-the-company/base/', input: 's3://texts-of-the-company/examples/', spot: true }],
  ['with tuned hyper-parameters', { tuning: { ranges: { rank: { minimum: 4, maximum: 64 }, learningRate: { minimum: 0.00001, maximum: 0.001, scaling: 'Logarithmic' } }, jobs: 6, parallel: 2 } }],
  ['without GPUs', { instances: { process: 'ml.m5.large', train: 'ml.m5.4xlarge', evaluate: 'ml.m5.4xlarge', evidence: 'ml.m5.large' } }],
])('the pipeline of the seed code for fine-tuning %s', (_, differs) => {
  let requests: PipelineRequest[];
  const volumeKey = 'sagemaker:VolumeKmsKeyArn';
  const jobs = JOBS.map((name) => (name === 'Train' && 'tuning' in differs ? 'Tune' : name));

  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'config.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(join(SEED_CODE, 'fine-tune', 'config.json'), 'utf8')) as object, ...differs }));
    requests = await pipelineRequests('fine-tune', { CONFIG: file }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')));
    rmSync(dirname(file), { recursive: true });
  }, 180_000);

  const step = (name: string) => requests.find((request) => request.step === name)!;

  test('makes these jobs, and registers a version', () => {
    expect(requests.map((request) => request.step)).toEqual([...jobs, 'Register']);
  });

  test('says nothing that SageMaker\'s API does not know, and leaves out nothing that it wants', () => {
    expect(requests.map(({ faults }) => faults).filter(Boolean)).toEqual([]);
  });

  test.each([...jobs, 'Register'])('%s is allowed', async (name) => {
    expect(await outcomeOf(step(name))).toBe('allow');
  });

  test.each(jobs.flatMap((name) => KEYS.map((key) => [name, key])))('%s is refused without %s, but for a key of disks that an instance has itself', async (name, key) => {
    const [type] = conditionKeysOf(step(name))['sagemaker:InstanceTypes'] as string[];
    if (key === volumeKey && hasLocalStorage(type)) return expect(conditionKeysOf(step(name))).not.toHaveProperty([key]);
    expect(conditionKeysOf(step(name))).toHaveProperty([key]);
    expect(await outcomeOf(without(key, step(name)))).toBe('deny');
  });

  test('its jobs have no way out of their container', () => {
    expect(jobs.map((name) => conditionKeysOf(step(name))['sagemaker:NetworkIsolation'])).toEqual(['true', 'true', 'true', 'true']);
  });
});

describe.each([
  ['rows', {}, 'ml.m5.large'],
  ['prompts on instances with disks of their own', { contentType: 'application/json', instance: { type: 'ml.g5.2xlarge', count: 2 } }, 'ml.g5.2xlarge'],
])('the pipeline of the seed code for batch inference of %s', (_, differs, type) => {
  let requests: PipelineRequest[];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    const release = join(folder, 'release.json');
    writeFileSync(release, JSON.stringify({ modelPackageArn: 'arn', image: 'image@sha256:0', modelDataUrl: 's3://churn-releases/model.tar.gz', environment: {} }));
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(join(SEED_CODE, 'batch', 'config.json'), 'utf8')) as object, ...differs }));
    requests = await pipelineRequests('batch', { RELEASE: release, CONFIG: file }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')));
    rmSync(folder, { recursive: true });
  }, 180_000);

  const step = (name: string) => requests.find((request) => request.step === name)!;

  test('makes a model, runs it, and checks what comes out', () => {
    expect(requests.map((request) => request.step)).toEqual(GUARDED.map(([name]) => name));
  });

  test('says nothing that SageMaker\'s API does not know, and leaves out nothing that it wants', () => {
    expect(requests.map(({ faults }) => faults).filter(Boolean)).toEqual([]);
  });

  test.each(GUARDED)('%s is allowed', async (name) => {
    expect(await outcomeOf(step(name))).toBe('allow');
  });

  test.each(GUARDED.flatMap(([name, keys]) => keys.map((key) => [name, key])))('%s is refused without %s, but for a key of disks that an instance has itself', async (name, key) => {
    if (name === 'Transform' && key === 'sagemaker:VolumeKmsKeyArn' && hasLocalStorage(type)) return expect(conditionKeysOf(step(name))).not.toHaveProperty([key]);
    expect(conditionKeysOf(step(name))).toHaveProperty([key]);
    expect(await outcomeOf(without(key, step(name)))).toBe('deny');
  });
});
