import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { churn } from './churn-app';
import { conditionKeysOf, PipelineRequest, pipelineRequests, without } from './pipeline/pipeline-requests';
import { Scenario } from './scenario';
import { Decision, Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

/** What the seed code asks of SageMaker, before the policies of the environment that it runs in: change one, and the other must follow. */

const system = churn();
const simulator = new Simulator();
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

describe.each(['regression', 'classification'])('the pipeline of the seed code for %s', (variant) => {
  let requests: PipelineRequest[];

  beforeAll(async () => {
    requests = await pipelineRequests('train', { VARIANT: variant }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')));
  }, 180_000);

  const step = (name: string) => requests.find((request) => request.step === name)!;

  test('makes these jobs, and registers a version', () => {
    expect(requests.map((request) => request.step)).toEqual([...JOBS, 'Register']);
  });

  test('says nothing that SageMaker\'s API does not know, and leaves out nothing that it wants', () => {
    expect(requests.map(({ faults }) => faults).filter(Boolean)).toEqual([]);
  });

  test.each([...JOBS, 'Register'])('%s is allowed', async (name) => {
    expect(await outcomeOf(step(name))).toBe('allow');
  });

  test.each(JOBS.flatMap((name) => KEYS.map((key) => [name, key])))('%s is refused without %s', async (name, key) => {
    expect(conditionKeysOf(step(name))).toHaveProperty([key]);
    expect(await outcomeOf(without(key, step(name)))).toBe('deny');
  });

  test('a version that is approved from the beginning is refused', async () => {
    const register = step('Register');
    expect(await outcomeOf({ ...register, parameters: { ...register.parameters, ModelApprovalStatus: 'Approved' } })).toBe('deny');
  });
});

describe('the pipeline of the seed code for batch inference', () => {
  let requests: PipelineRequest[];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    const release = join(folder, 'release.json');
    writeFileSync(release, JSON.stringify({ modelPackageArn: 'arn', image: 'image@sha256:0', modelDataUrl: 's3://churn-releases/model.tar.gz', environment: {} }));
    requests = await pipelineRequests('batch', { RELEASE: release }, system.guardrailsOf(asPipeline('sagemaker:CreateProcessingJob', 'anyJob')));
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

  test.each(GUARDED.flatMap(([name, keys]) => keys.map((key) => [name, key])))('%s is refused without %s', async (name, key) => {
    expect(conditionKeysOf(step(name))).toHaveProperty([key]);
    expect(await outcomeOf(without(key, step(name)))).toBe('deny');
  });
});
