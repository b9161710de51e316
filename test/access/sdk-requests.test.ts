import { churn } from './churn-app';
import { Asked, jobsOfPipeline, recorded, SdkRequest, trialsOf, trialsOfPipeline } from './sdk/sdk-requests';
import { Simulator } from './simulator';
import { Trial, tryOut } from './trial';

/** What a notebook with the SageMaker SDK asks of AWS, as both versions have been seen to ask it, before the policies of the environment. */

const system = churn();
const simulator = new Simulator();

const NOTEBOOK = 'notebooks/a-day.ipynb of a training project';
/** What stays refused with the environment's configuration: the request, and what the studio room's README says of it. */
const REFUSED: Record<string, string> = {
  'Pipeline.upsert under a name of one\'s own': 'sagemaker:CreatePipeline',
  'Model.register, approved from the beginning': 'sagemaker:CreateModelPackage',
  'sagemaker.modules: ModelTrainer.train': 's3:ListBucket',
  'Model.deploy': 'sagemaker:CreateEndpointConfig',
  'Model.deploy, serverless': 'sagemaker:CreateEndpointConfig',
  'ModelBuilder.deploy': 'sagemaker:CreateEndpointConfig',
  'DefaultModelMonitor.create_monitoring_schedule': 'sagemaker:CreateDataQualityJobDefinition',
  'ModelCard.create': 'sagemaker:CreateModelCard',
  'AutoML.fit': 'sagemaker:CreateAutoMLJob',
};
/** What an SDK tries, and does without. */
const DONE_WITHOUT = ['s3:ListAllMyBuckets'];

/** What needs no configuration: it starts nothing that runs, or does without AWS. */
const WITHOUT = ['An application starts', 'get_execution_role', 'Run: experiments', 'Model.register', NOTEBOOK];

/** Actions that are refused to a notebook of those that these requests need. */
async function refusedOf({ requests }: Asked): Promise<string[]> {
  const refused = async (trials: Trial[]) => {
    const found: string[] = [];
    for (const trial of trials) if ((await tryOut(trial, simulator)).outcome !== 'allow') found.push(trial.scenario.does);
    return found;
  };
  const all: string[] = [];
  for (const request of requests) all.push(...await refused(await trialsOf(request, system)));
  return [...new Set(all)].filter((action) => !DONE_WITHOUT.includes(action));
}

async function outcomesInPipeline(job: SdkRequest): Promise<string[]> {
  const trials = await trialsOfPipeline(job, system);
  return Promise.all(trials.map(async (trial) => (await tryOut(trial, simulator)).outcome));
}

describe.each([2, 3] as const)('version %s of the SDK', (version) => {
  const { cells, refused } = recorded(version, system);
  const names = cells.map(({ cell }) => cell);
  const cellOf = (name: string) => cells.find(({ cell }) => cell === name)!;

  test.each(names.filter((name) => !(name in REFUSED)))('%s is allowed', async (name) => {
    const { configured } = cellOf(name);
    expect(await refusedOf(configured)).toEqual([]);
  });

  test.each(names.filter((name) => name in REFUSED))('%s stays refused', async (name) => {
    expect(await refusedOf(cellOf(name).configured)).toContain(REFUSED[name]);
  });

  test.each(names.filter((name) => !(name in REFUSED) && !WITHOUT.includes(name)))('%s works by the configuration only', async (name) => {
    const { bare } = cellOf(name);
    expect([bare.stopped, ...await refusedOf(bare)].filter(Boolean)).not.toEqual([]);
  });

  test('what was answered with AccessDenied is what the environment refuses', async () => {
    const all = cells.flatMap(({ configured, bare }) => [...configured.requests, ...bare.requests]);
    const answered = all.filter(({ service, operation }) => refused.includes(`${service}:${operation}`) && operation !== 'ListBuckets');
    for (const request of answered) expect([request.operation, await refusedOf({ requests: [request] })]).not.toEqual([request.operation, []]);
    expect(answered).not.toEqual([]);
  });

  test('the jobs of its pipeline are allowed to the pipeline\'s role', async () => {
    const jobs = cellOf('Pipeline.upsert, start').configured.requests.flatMap(jobsOfPipeline);
    expect(jobs.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['CreateProcessingJob', 'CreateTrainingJob', 'CreateHyperParameterTuningJob']));
    for (const job of jobs) expect([job.operation, await outcomesInPipeline(job)]).toEqual([job.operation, ['allow']]);
  });
});

test('the notebook of training projects trains a job and registers a version', () => {
  const { cells } = recorded(3, system);
  const { stopped, requests } = cells.find(({ cell }) => cell === NOTEBOOK)!.configured;
  expect(stopped).toBeUndefined();
  expect(requests.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['CreateTrainingJob', 'CreateModelPackage', 'ListPipelines']));
});

test.each([2, 3] as const)('version %s makes an online store where it is asked for, and not else', (version) => {
  const { cells } = recorded(version, system);
  const made = cells.flatMap(({ configured }) => configured.requests).filter(({ operation }) => operation === 'CreateFeatureGroup');
  expect(made.map(({ parameters }) => [parameters.FeatureGroupName, parameters.OnlineStoreConfig !== undefined])).toEqual([['churn--customers', true], ['churn--history', false]]);
});

test.each([2, 3] as const)('without a feature store version %s makes no feature groups', async (version) => {
  const { cells } = recorded(version, system);
  const requests = cells.flatMap(({ configured }) => configured.requests).filter(({ operation }) => operation === 'CreateFeatureGroup');
  expect(requests).toHaveLength(2);
  const without = churn({ props: () => ({ featureStore: false }) });
  for (const request of requests) {
    const [trial] = await trialsOf(request, without);
    expect((await tryOut(trial, simulator)).outcome).toBe('deny');
  }
});
