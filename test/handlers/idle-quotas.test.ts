import { IdleStage } from './fake-aws/idle-stage';

const NOW = '2026-11-25T06:00:00Z'; // a Wednesday
const quotaArn = (code: string) => `arn:aws:servicequotas:eu-west-1:111111111111:sagemaker/${code}`;

interface Account {
  /** What `Describe…` answers, by name; endpoints of 2 instances of the type. */
  endpoints: Record<string, string>;
  training: Record<string, object>;
  processing: Record<string, object>;
  transform: Record<string, object>;
  apps: { AppType: string; Status: string; InstanceType?: string }[];
  notebooks: string[];
  /** Values by names, two on a page. */
  quotas: Record<string, number | undefined>;
  refused: Record<string, string>;
  /** How often the list of quotas is throttled before it is answered. */
  throttled: number;
}
let account: Account;

function quotaPage(from: number): unknown {
  const all = Object.entries(account.quotas).map(([QuotaName, Value], index) => ({ QuotaName, Value, QuotaCode: `L-${index}`, QuotaArn: quotaArn(`L-${index}`) }));
  return { Quotas: all.slice(from, from + 2), NextToken: from + 2 < all.length ? String(from + 2) : undefined };
}

function answer(operation: string, input: Record<string, string>): unknown {
  const pending = input.EndpointName === 'updating' && { PendingDeploymentSummary: { EndpointConfigName: 'next', ProductionVariants: [{ VariantName: 'all', InstanceType: 'ml.m5.large', CurrentInstanceCount: 1 }] } };
  switch (operation) {
    case 'ListEndpoints': return { Endpoints: Object.keys(account.endpoints).map((EndpointName) => ({ EndpointName })) };
    case 'DescribeEndpoint': return { EndpointName: input.EndpointName, EndpointConfigName: input.EndpointName, ProductionVariants: [{ VariantName: 'all', CurrentInstanceCount: 2 }], ...pending };
    case 'DescribeEndpointConfig': return { ProductionVariants: [{ VariantName: 'all', InstanceType: account.endpoints[input.EndpointConfigName] }] };
    case 'ListTrainingJobs': return { TrainingJobSummaries: Object.keys(account.training).map((TrainingJobName) => ({ TrainingJobName })) };
    case 'DescribeTrainingJob': return account.training[input.TrainingJobName];
    case 'ListProcessingJobs': return { ProcessingJobSummaries: Object.keys(account.processing).map((ProcessingJobName) => ({ ProcessingJobName })) };
    case 'DescribeProcessingJob': return { ProcessingResources: { ClusterConfig: account.processing[input.ProcessingJobName] } };
    case 'ListTransformJobs': return { TransformJobSummaries: Object.keys(account.transform).map((TransformJobName) => ({ TransformJobName })) };
    case 'DescribeTransformJob': return { TransformResources: account.transform[input.TransformJobName] };
    case 'ListApps': return { Apps: account.apps.map(({ InstanceType, ...app }) => ({ ...app, DomainId: 'd-1', SpaceName: 'alice', AppName: 'default', CreationTime: Date.parse(NOW) / 1000, ResourceSpec: { InstanceType } })) };
    case 'ListNotebookInstances': return { NotebookInstances: input.StatusEquals === 'InService' ? account.notebooks.map((InstanceType, index) => ({ NotebookInstanceName: `n${index}`, InstanceType })) : [] };
    case 'ListServiceQuotas': return quotaPage(Number(input.NextToken ?? 0));
    default: return {};
  }
}

const stage = new IdleStage(answer, (operation) => {
  const isThrottled = operation === 'ListServiceQuotas' && account.throttled-- > 0;
  return isThrottled ? 'TooManyRequestsException' : account.refused[operation];
});
const settings = (more: object = {}) => IdleStage.settle({ prices: { currency: 'USD', perHour: {} }, quotaPercentage: 80, ...more });

beforeAll(() => stage.start());
beforeEach(() => {
  account = { endpoints: {}, training: {}, processing: {}, transform: {}, apps: [], notebooks: [], quotas: {}, refused: {}, throttled: 0 };
  stage.reset();
  settings();
});
afterAll(() => stage.stop());

interface Looked { readonly quotas: { name: string; inUse: number; value: number }[]; readonly unknownQuotas: string[]; readonly failures: string[] }
async function look(time = NOW) {
  const looked = await stage.look<Looked>(time);
  return { ...looked, used: looked.quotas.map(({ name, inUse, value }) => [name, inUse, value]) };
}

const JOB = { InstanceType: 'ml.g5.xlarge', InstanceCount: 4 };
const TRAINING = { job: { ResourceConfig: JOB } };

test.each<[string, Partial<Account>, string, number]>([
  ['training jobs', { training: { a: { ResourceConfig: JOB }, b: { ResourceConfig: { InstanceGroups: [{ InstanceType: 'ml.g5.xlarge', InstanceCount: 1, InstanceGroupName: 'x' }] } } } }, 'ml.g5.xlarge for training job usage', 5],
  ['training jobs on spot instances', { training: { a: { ResourceConfig: JOB, EnableManagedSpotTraining: true } } }, 'ml.g5.xlarge for spot training job usage', 4],
  ['processing jobs', { processing: { a: JOB, b: JOB } }, 'ml.g5.xlarge for processing job usage', 8],
  ['transform jobs', { transform: { a: JOB } }, 'ml.g5.xlarge for transform job usage', 4],
  ['endpoints', { endpoints: { a: 'ml.m5.large', b: 'ml.m5.large' } }, 'ml.m5.large for endpoint usage', 4],
  ['endpoints with the next fleet of an update', { endpoints: { updating: 'ml.m5.large' } }, 'ml.m5.large for endpoint usage', 3],
  ['notebook instances', { notebooks: ['ml.t3.medium', 'ml.t3.medium'] }, 'ml.t3.medium for notebook instance usage', 2],
  ['JupyterLab', { apps: [{ AppType: 'JupyterLab', Status: 'InService', InstanceType: 'ml.t3.medium' }, { AppType: 'JupyterLab', Status: 'Deleted', InstanceType: 'ml.t3.medium' }] }, 'Studio JupyterLab Apps running on ml.t3.medium instances', 1],
  ['the kernel gateway', { apps: [{ AppType: 'KernelGateway', Status: 'Pending', InstanceType: 'ml.t3.medium' }] }, 'Studio KernelGateway Apps running on ml.t3.medium instance', 1],
  ['RStudio sessions', { apps: [{ AppType: 'RSessionGateway', Status: 'InService', InstanceType: 'ml.r5.large' }] }, 'RSessionGateway Apps running on ml.r5.large instance', 1],
])('%s are counted against the quota of their type and use', async (_, given, name, count) => {
  Object.assign(account, given, { quotas: { 'Total number of models': 100, 'ml.zz.large for endpoint usage': 0, [name]: count } });
  expect((await look()).used).toEqual([[name, count, count]]);
});

test('instances of a training plan, and Studio\'s own helpers, count against no such quota', async () => {
  account.training = { planned: { ResourceConfig: { ...JOB, TrainingPlanArn: 'arn:aws:sagemaker:eu-west-1:111111111111:training-plan/x' } } };
  account.apps = [{ AppType: 'JupyterServer', Status: 'InService', InstanceType: 'system' }];
  account.quotas = { 'ml.g5.xlarge for training job usage': 4 };
  expect(await look()).toMatchObject({ quotas: [], unknownQuotas: [], failures: [] });
  expect(stage.calls.map(({ operation }) => operation)).not.toContain('ListServiceQuotas');
});

test.each([[6, 0], [5, 1], [4, 1], [0, 1]])('of a quota of %p, 4 instances are told %p times where 80 percent are', async (value, times) => {
  Object.assign(account, { training: TRAINING, quotas: { 'ml.g5.xlarge for training job usage': value } });
  const { used, tell } = await look();
  expect([used.length, tell]).toEqual([times, times === 1]);
});

test('what is told names the quota and its code, once, and again on Mondays', async () => {
  Object.assign(account, { training: TRAINING, quotas: { 'ml.g5.xlarge for training job usage': 5 } });
  expect(await look()).toMatchObject({
    tell: true, message: expect.stringContaining('Quota "ml.g5.xlarge for training job usage": 4 of 5 in use. Have L-0 of sagemaker raised in Service Quotas before work is refused.') as string,
  });
  expect((await look('2026-11-26T06:00:00Z')).tell).toBe(false);
  expect((await look('2026-11-30T06:00:00Z')).tell).toBe(true);
});

test('all pages are read, also after throttling', async () => {
  Object.assign(account, { training: TRAINING, throttled: 1, quotas: { 'a': 1, 'b': 1, 'c': 1, 'd': 1, 'ml.g5.xlarge for training job usage': 4 } });
  expect((await look()).used).toEqual([['ml.g5.xlarge for training job usage', 4, 4]]);
  const asked = stage.calls.filter(({ operation }) => operation === 'ListServiceQuotas').map(({ input }) => input);
  expect(asked.slice(-3)).toEqual([undefined, '2', '4'].map((NextToken) => ({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken })));
}, 30_000); // the client is patient

test('what has no applied quota is in the record as unknown', async () => {
  Object.assign(account, { training: TRAINING, quotas: { 'ml.g5.xlarge for training job usage': undefined } });
  expect(await look()).toMatchObject({ quotas: [], unknownQuotas: ['ml.g5.xlarge for training job usage'], tell: false });
});

test('quotas that cannot be read are told, and the rest is reported', async () => {
  Object.assign(account, { notebooks: ['ml.t3.medium'], refused: { ListServiceQuotas: 'AccessDeniedException' } });
  expect(await look()).toMatchObject({ tell: true, quotas: [], failures: ['quotas: AccessDeniedException: not today'], message: expect.stringContaining('Could not be read: quotas: AccessDeniedException: not today') as string });
});

test('jobs that cannot be listed are told, and other instances are compared', async () => {
  Object.assign(account, { transform: { a: JOB }, quotas: { 'ml.g5.xlarge for transform job usage': 4 }, refused: { ListTrainingJobs: 'AccessDeniedException' } });
  expect(await look()).toMatchObject({ used: [['ml.g5.xlarge for transform job usage', 4, 4]], failures: ['instances of training jobs: not today'] });
});

test('a job that has gone meanwhile counts nothing', async () => {
  Object.assign(account, { training: TRAINING, refused: { DescribeTrainingJob: 'ResourceNotFound' } });
  expect(await look()).toMatchObject({ quotas: [], unknownQuotas: [], failures: [] });
});

test('without a share, nobody looks at jobs and quotas', async () => {
  settings({ quotaPercentage: undefined });
  Object.assign(account, { training: TRAINING, quotas: { 'ml.g5.xlarge for training job usage': 4 } });
  expect((await look()).quotas).toEqual([]);
  expect(stage.calls.map(({ operation }) => operation)).not.toContain('ListTrainingJobs');
});

test('nothing is said of what is idle where nothing is', async () => {
  Object.assign(account, { training: TRAINING, quotas: { 'ml.g5.xlarge for training job usage': 4 } });
  expect((await look()).message).toMatch(/^Quota "ml\.g5\.xlarge for training job usage": 4 of 4 in use\./);
});
