import { Answer as Reply, Refusal } from './fake-aws/answer';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { ACCOUNT, application, arnOf, at, DENIAL, DOMAIN, FakeAccount, JOBS, ledger, PIPELINE, profile, project, settle, STUDIO, studioSpace, trainingJob, Written } from './fake-aws/spending-stage';
import { handler } from '../../src/handlers/spending';
import { Ledger } from '../../src/handlers/spending/ledger';
import { Answer, meter } from '../../src/handlers/spending/meter';

const aws = new EmulatedAws(), written = new Written(aws);
let sagemaker: FakeAccount;

jest.setTimeout(30_000); // retries wait

beforeAll(async () => {
  await aws.start();
  await written.make();
}, 120_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  aws.reset();
  await written.clear();
  aws.reset();
  sagemaker = new FakeAccount();
  aws.services.SageMaker = (operation, input) => sagemaker.call(operation, input);
  settle();
  await written.put('ledger/2026-11.json', ledger('2026-11-15T11:00:00Z'));
});

const metered = (time: string): Promise<Answer> => meter(Date.parse(time));

/** What is counted from eleven to twelve. */
async function counted(): Promise<Ledger> {
  await metered('2026-11-15T12:00:00Z');
  return written.ledger();
}

describe('counts of what runs', () => {
  test('a training job, since the last time and not since its start, for who started it and for its project', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 3 } }), [profile('alice'), project('fraud')]);
    expect(await counted()).toMatchObject({
      through: '2026-11-15T12:00:00.000Z', total: 6, byKind: { training: 6 }, byPerson: { alice: 6 }, byProject: { fraud: 6 }, days: { '2026-11-15': { total: 6, byPerson: { alice: 6 }, byProject: { fraud: 6 } } }, unpriced: {},
    });
  });

  test('a job that began and ended in between, whole', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', {
      TrainingJobStatus: 'Completed', TrainingStartTime: at('2026-11-15T11:10:00Z'), TrainingEndTime: at('2026-11-15T11:40:00Z'), LastModifiedTime: at('2026-11-15T11:40:00Z'),
    }));
    expect(await counted()).toMatchObject({ total: 0.5 });
  });

  test('nothing of a job of another role, of one that waits, and of one that had ended before', async () => {
    sagemaker.put('TrainingJob', 'foreign', trainingJob('foreign', { RoleArn: `arn:aws:iam::${ACCOUNT}:role/churn-2--job-execution-eu-west-1` }));
    sagemaker.put('TrainingJob', 'waits', trainingJob('waits', { TrainingStartTime: undefined }));
    sagemaker.put('TrainingJob', 'old', trainingJob('old', { TrainingJobStatus: 'Completed', TrainingEndTime: at('2026-11-15T10:55:00Z'), LastModifiedTime: at('2026-11-15T10:55:00Z') }));
    expect(await counted()).toMatchObject({ total: 0 });
  });

  test('a job of a role that was brought along', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { RoleArn: `arn:aws:iam::${ACCOUNT}:role/brought-along` }));
    expect(await counted()).toMatchObject({ total: 1 });
  });

  test('each group of instances of a job', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { ResourceConfig: { InstanceGroups: [{ InstanceType: 'ml.m5.large', InstanceCount: 2 }, { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 }] } }));
    expect(await counted()).toMatchObject({ total: 4 });
  });

  test('instances that are kept warm, until they are let go', async () => {
    const ended = { TrainingJobStatus: 'Completed', TrainingEndTime: at('2026-11-15T10:30:00Z'), LastModifiedTime: at('2026-11-15T10:30:00Z') };
    sagemaker.put('TrainingJob', 'warm', trainingJob('warm', { ...ended, WarmPoolStatus: { Status: 'Available' } }));
    expect(await counted()).toMatchObject({ total: 1 });
    sagemaker.put('TrainingJob', 'warm', trainingJob('warm', { ...ended, LastModifiedTime: at('2026-11-15T12:30:00Z'), WarmPoolStatus: { Status: 'Terminated', ResourceRetainedBillableTimeInSeconds: 2 * 3600 } }));
    await metered('2026-11-15T13:00:00Z');
    expect(await written.ledger()).toMatchObject({ total: 1.5 });
  });

  test('processing jobs, and transform jobs by the role of their model', async () => {
    const times = (name: string) => ({ [`${name}StartTime`]: at('2026-11-15T11:30:00Z'), LastModifiedTime: at('2026-11-15T11:30:00Z') });
    sagemaker.put('ProcessingJob', 'p', { ProcessingJobName: 'p', ProcessingJobArn: arnOf('processing-job/p'), ProcessingJobStatus: 'InProgress', RoleArn: JOBS, ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2 } }, ...times('Processing') });
    sagemaker.put('TransformJob', 't', { TransformJobName: 't', TransformJobArn: arnOf('transform-job/t'), TransformJobStatus: 'InProgress', ModelName: 'm', TransformResources: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 }, ...times('Transform') }, [project('fraud')]);
    sagemaker.put('Model', 'm', { ModelName: 'm', ExecutionRoleArn: JOBS });
    expect(await counted()).toMatchObject({ byKind: { processing: 1, transform: 1 }, byProject: { fraud: 1 } });
  });

  test('applications, for the owner of a private space, for the profile, and for nobody in a shared space', async () => {
    sagemaker.put(...studioSpace('own', 'alice'));
    sagemaker.put(...studioSpace('together', 'bob', 'Shared'));
    sagemaker.put(...application('own'));
    sagemaker.put(...application('together'));
    sagemaker.put('App', 'carol/Canvas/default', { ...application('carol')[2], SpaceName: undefined, UserProfileName: 'carol', AppType: 'Canvas' });
    sagemaker.put(...application('elsewhere', { DomainId: 'd-other' }));
    expect(await counted()).toMatchObject({ total: 3, byKind: { app: 3 }, byPerson: { alice: 1, carol: 1 } });
  });

  test('applications that are free, or not there yet, cost nothing; of one that was deleted meanwhile the last sign of life counts', async () => {
    sagemaker.put(...application('free', { ResourceSpec: { InstanceType: 'system' } }));
    sagemaker.put(...application('pending', { Status: 'Pending' }));
    sagemaker.put(...application('deleted', { Status: 'Deleted', LastHealthCheckTimestamp: at('2026-11-15T11:15:00Z') }));
    sagemaker.put(...application('silent', { Status: 'Deleted' }));
    expect(await counted()).toMatchObject({ total: 0.25 });
  });

  test('jobs that were started in a space count for its owner', async () => {
    sagemaker.put(...studioSpace('own', 'alice'));
    sagemaker.put('TrainingJob', 'a', trainingJob('a'), [{ Key: 'sagemaker:space-arn', Value: arnOf(`space/${DOMAIN}/own`) }]);
    expect(await counted()).toMatchObject({ byPerson: { alice: 1 } });
  });

  test('endpoints, with every variant and every instance, also of a deployment that is under way', async () => {
    const CreationTime = at('2026-11-01T00:00:00Z');
    sagemaker.put('Endpoint', 'e', {
      EndpointName: 'e', EndpointArn: arnOf('endpoint/e'), EndpointStatus: 'Updating', EndpointConfigName: 'c', CreationTime, ProductionVariants: [{ VariantName: 'a', CurrentInstanceCount: 2 }, { VariantName: 'b', CurrentInstanceCount: 1 }], ShadowProductionVariants: [{ VariantName: 's', CurrentInstanceCount: 1 }], PendingDeploymentSummary: { EndpointConfigName: 'next', StartTime: at('2026-11-15T11:30:00Z'), ProductionVariants: [{ VariantName: 'a', InstanceType: 'ml.m5.xlarge', CurrentInstanceCount: 1 }] },
    });
    sagemaker.put('EndpointConfig', 'c', {
      ProductionVariants: [{ VariantName: 'a', ModelName: 'm', InstanceType: 'ml.m5.large' }, { VariantName: 'b', ModelName: 'm', InstanceType: 'ml.m5.xlarge' }], ShadowProductionVariants: [{ VariantName: 's', ModelName: 'm', InstanceType: 'ml.m5.large' }],
    });
    sagemaker.put('Model', 'm', { ModelName: 'm', ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/churn--staging--model-eu-west-1` });
    expect(await counted()).toMatchObject({ total: 2 + 2 + 1 + 1, byKind: { endpoint: 6 } });
  });

  test('an endpoint of others is not counted, and one that is paid by the request is told as unpriced', async () => {
    const endpoint = (name: string, variant: object) => sagemaker.put('Endpoint', name, { EndpointName: name, EndpointArn: arnOf(`endpoint/${name}`), EndpointStatus: 'InService', EndpointConfigName: 'c', CreationTime: 1, ProductionVariants: [{ VariantName: 'a', ...variant }] });
    endpoint('foreign', { CurrentInstanceCount: 1 });
    endpoint('churn--serverless', { CurrentServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } });
    sagemaker.put('EndpointConfig', 'c', { ProductionVariants: [{ VariantName: 'a', ModelName: 'gone', InstanceType: 'ml.m5.large' }] });
    expect(await counted()).toMatchObject({ total: 0, unpriced: { 'endpoint serverless': 1 } });
  });

  test('notebook instances since they run this time, tracking servers by their size, clusters by their groups', async () => {
    sagemaker.put('NotebookInstance', 'n', { NotebookInstanceName: 'n', NotebookInstanceArn: arnOf('notebook-instance/n'), NotebookInstanceStatus: 'InService', RoleArn: JOBS, InstanceType: 'ml.m5.large', CreationTime: 1, LastModifiedTime: at('2026-11-15T11:45:00Z') }, [profile('alice')]);
    sagemaker.put('MlflowTrackingServer', 'churn', { TrackingServerName: 'churn', TrackingServerArn: arnOf('mlflow-tracking-server/churn'), IsActive: 'Active', TrackingServerSize: 'Small', RoleArn: JOBS, CreationTime: 1, LastModifiedTime: 2 });
    sagemaker.put('MlflowTrackingServer', 'off', { TrackingServerName: 'off', IsActive: 'Inactive', RoleArn: JOBS, CreationTime: 1 });
    sagemaker.put('Cluster', 'h', { ClusterName: 'h', ClusterArn: arnOf('cluster/h'), CreationTime: 1, InstanceGroups: [{ InstanceType: 'ml.m5.large', CurrentCount: 4, ExecutionRole: JOBS }, { InstanceType: 'ml.m5.large', CurrentCount: 9, ExecutionRole: 'arn:aws:iam::1:role/other' }] });
    expect(await counted()).toMatchObject({ byKind: { notebook: 0.25, mlflow: 1, cluster: 4 }, byPerson: { alice: 0.25 } });
  });

  test('what has no price in hours of instances, and never as nothing', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { ResourceConfig: { InstanceType: 'ml.p9.huge', InstanceCount: 2 } }));
    sagemaker.put('TrainingJob', 'b', trainingJob('b', { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, TrainingPlanArn: arnOf('training-plan/p') } }));
    expect(await counted()).toMatchObject({ total: 0, unpriced: { 'training ml.p9.huge': 2, 'training ml.m5.large of a training plan': 1 } });
  });

  test('what has no price, of which people hear at once, and once in a month', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { ResourceConfig: { InstanceType: 'ml.p9.huge', InstanceCount: 1 } }));
    const told = await metered('2026-11-15T12:00:00Z');
    expect(told).toMatchObject({ tell: true, message: expect.stringContaining('No price is known of training ml.p9.huge') as string });
    expect(await metered('2026-11-15T12:05:00Z')).toMatchObject({ tell: false });
    sagemaker.put('TrainingJob', 'b', trainingJob('b', { ResourceConfig: { InstanceType: 'ml.p8.large', InstanceCount: 1 } }));
    expect((await metered('2026-11-15T12:10:00Z')).message).toContain('of training ml.p8.large:');
  });

  test('every page of a list', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) sagemaker.put('TrainingJob', name, trainingJob(name));
    expect(await counted()).toMatchObject({ total: 5 });
  });

  test('people and projects whose names mean something to JavaScript, and none whose name is no name', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a'), [profile('constructor'), project('toString')]);
    sagemaker.put('TrainingJob', 'b', trainingJob('b'), [profile('__proto__'), project('a/../b')]);
    expect(await counted()).toMatchObject({ total: 2, byPerson: { constructor: 1 }, byProject: { toString: 1 } });
  });
});

describe('time', () => {
  test('that the meter was down for is counted, day by day', async () => {
    await written.put('ledger/2026-11.json', ledger('2026-11-13T12:00:00Z'));
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { TrainingStartTime: at('2026-11-12T00:00:00Z') }), [profile('alice')]);
    sagemaker.put('TrainingJob', 'b', trainingJob('b', { TrainingJobStatus: 'Stopped', TrainingStartTime: at('2026-11-14T01:00:00Z'), TrainingEndTime: at('2026-11-14T03:00:00Z'), LastModifiedTime: at('2026-11-14T03:00:00Z') }));
    await metered('2026-11-15T06:00:00Z');
    expect(await written.ledger()).toMatchObject({ total: 12 + 24 + 6 + 2, days: { '2026-11-13': { total: 12 }, '2026-11-14': { total: 26, byPerson: { alice: 24 } }, '2026-11-15': { total: 6 } } });
  });

  test('that runs backwards takes nothing back, and counts nothing twice', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    await metered('2026-11-15T12:00:00Z');
    await metered('2026-11-15T11:30:00Z');
    expect(await written.ledger()).toMatchObject({ total: 1, through: '2026-11-15T12:00:00.000Z' });
    await metered('2026-11-15T12:30:00Z');
    expect(await written.ledger()).toMatchObject({ total: 1.5 });
  });

  test('of the clock of the machine is what the function takes', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    jest.spyOn(Date, 'now').mockReturnValueOnce(Date.parse('2026-11-15T11:05:00Z'));
    await handler();
    expect(await written.ledger()).toMatchObject({ through: '2026-11-15T11:05:00.000Z' });
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/^Spending is metered: \{/));
  });
});

describe('what goes wrong', () => {
  test('a resource that vanishes between list and description is nothing', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    sagemaker.put('NotebookInstance', 'n', { NotebookInstanceName: 'n', NotebookInstanceStatus: 'InService' });
    sagemaker.put('Endpoint', 'churn--e', { EndpointName: 'churn--e', EndpointStatus: 'InService' });
    for (const name of ['a', 'n', 'churn--e']) sagemaker.vanished.add(name);
    expect(await counted()).toMatchObject({ total: 0, through: '2026-11-15T12:00:00.000Z' });
  });

  test('throttling is waited for', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    let asked = 0;
    aws.intercept = ({ operation }) => operation.startsWith('SageMaker.') && ++asked % 5 === 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : undefined;
    expect(await counted()).toMatchObject({ total: 1 });
  });

  test('a list that is denied leaves the ledger as it was, and the next time counts what this one did not', async () => {
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    aws.intercept = ({ operation }) => operation === 'SageMaker.ListEndpoints' ? new Refusal('AccessDeniedException', 'no') : undefined;
    await expect(metered('2026-11-15T11:30:00Z')).rejects.toThrow('no');
    expect(await written.ledger()).toMatchObject({ total: 0, through: '2026-11-15T11:00:00Z' });
    aws.intercept = () => undefined;
    expect(await counted()).toMatchObject({ total: 1 });
  });

  test('a ledger that somebody else has written meanwhile is left alone', async () => {
    aws.intercept = async ({ operation }) => {
      if (operation === 'PutObject') await written.put('ledger/2026-11.json', ledger('2026-11-15T11:59:00Z', { total: 7 }));
      return undefined;
    };
    await expect(metered('2026-11-15T12:00:00Z')).rejects.toThrow('somebody else has written ledger/2026-11.json meanwhile');
    expect(await written.ledger()).toMatchObject({ total: 7 });
  });

  test.each(['{"month":"2026-11"}', '{"month":"2026-10","through":"2026-10-01T00:00:00Z"}'])('what is no ledger is not overwritten: %s', async (text) => {
    await written.put('ledger/2026-11.json', text);
    await expect(metered('2026-11-15T12:00:00Z')).rejects.toThrow('ledger/2026-11.json is no ledger of 2026-11: restore an earlier version of it, or delete it');
    expect((await written.all())['ledger/2026-11.json']).toEqual(JSON.parse(text));
  });

  test('a ledger that is lost is counted anew from the first of the month, and people are told', async () => {
    await written.clear();
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { TrainingStartTime: at('2026-10-31T20:00:00Z') }));
    sagemaker.put('TrainingJob', 'b', trainingJob('b', { TrainingJobStatus: 'Completed', TrainingStartTime: at('2026-11-03T00:00:00Z'), TrainingEndTime: at('2026-11-03T05:00:00Z'), LastModifiedTime: at('2026-11-03T05:00:00Z') }));
    expect(await metered('2026-11-05T00:00:00Z')).toMatchObject({ tell: true, total: 4 * 24 + 5, message: expect.stringContaining('There was no ledger of 2026-11.') as string });
  });
});

describe('a limit', () => {
  const message = async (time: string) => (await metered(time)).message;

  test('is told of at its shares, each once', async () => {
    settle({ limits: { environment: { month: 10 }, persons: {}, projects: {} } });
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    expect(await metered('2026-11-15T15:00:00Z')).toMatchObject({ tell: false, message: '' });
    expect(await message('2026-11-15T16:00:00Z')).toBe('The environment churn has spent 5.00 USD of 10.00 USD this month (50 %).');
    expect(await message('2026-11-15T16:30:00Z')).toBe('');
    expect(await message('2026-11-15T20:00:00Z')).toBe('The environment churn has spent 9.00 USD of 10.00 USD this month (90 %).');
    expect(await metered('2026-11-15T21:00:00Z')).toMatchObject({
      reached: ['environment month'], message: 'The environment churn has spent 10.00 USD of 10.00 USD this month (100 %). New work is denied until 2026-12-01T00:00:00.000Z, or a higher limit is deployed. What runs goes on.',
    });
    expect(await metered('2026-11-15T22:00:00Z')).toMatchObject({ tell: false, reached: ['environment month'] });
  });

  test('of the month of an environment denies new work to every role until the month ends', async () => {
    settle({ limits: { environment: { month: 1 }, persons: {}, projects: {} } });
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { TrainingEndTime: at('2026-11-15T12:00:00Z') }));
    await metered('2026-11-15T12:00:00Z');
    for (const role of [STUDIO, PIPELINE]) expect(await written.tagsOf(role)).toEqual({ SpendingDenied: 'until 2026-12-01' });
    await metered('2026-11-30T23:59:00Z');
    expect(await written.tagsOf(STUDIO)).toEqual({ SpendingDenied: 'until 2026-12-01' });
    await metered('2026-12-01T00:01:00Z');
    for (const role of [STUDIO, PIPELINE]) expect(await written.tagsOf(role)).toEqual({});
  });

  test('of a day denies until the day ends', async () => {
    settle({ limits: { environment: { month: 1000, day: 1 }, persons: {}, projects: {} } });
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { TrainingEndTime: at('2026-11-15T12:00:00Z') }));
    await metered('2026-11-15T12:00:00Z');
    expect(await written.tagsOf(STUDIO)).toEqual({ SpendingDenied: 'until 2026-11-16' });
    await metered('2026-11-16T00:01:00Z');
    expect(await written.tagsOf(STUDIO)).toEqual({});
  });

  test('of persons and projects denies them by their names, with limits of their own in the place of the usual one', async () => {
    settle({ limits: { environment: { month: 1000 }, person: { month: 1 }, persons: { carol: { month: 2 } }, project: { day: 1 }, projects: {} } });
    for (const [name, tags] of Object.entries({ a: [profile('bob'), project('fraud')], b: [profile('alice')], c: [profile('carol')] })) sagemaker.put('TrainingJob', name, trainingJob(name), tags);
    expect((await metered('2026-11-15T12:00:00Z')).reached).toEqual(['person bob month', 'person alice month', 'project fraud 2026-11-15']);
    expect(await written.tagsOf(PIPELINE)).toEqual({ SpendingDeniedPersons1: '/alice/bob/', SpendingDeniedProjects1: '/fraud/' });
    await metered('2026-11-15T13:00:00Z');
    expect(await written.tagsOf(PIPELINE)).toMatchObject({ SpendingDeniedPersons1: '/alice/bob/carol/' });
  });

  test('denies nothing where that is not chosen', async () => {
    settle({ denial: undefined, limits: { environment: { month: 1 }, persons: {}, projects: {} } });
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    expect(await message('2026-11-15T12:00:00Z')).toBe('The environment churn has spent 1.00 USD of 1.00 USD this month (100 %). What runs goes on.');
    expect(aws.operations().filter((operation) => /Role/.test(operation))).toEqual([]);
  });

  test('leaves other tags of a role alone, and asks nothing of IAM where a role is as it should be', async () => {
    settle({ limits: { environment: { month: 1 }, persons: {}, projects: {} } });
    await written.tag(STUDIO, 'owner', 'team');
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    await metered('2026-11-15T12:00:00Z');
    expect(await written.tagsOf(STUDIO)).toEqual({ owner: 'team', SpendingDenied: 'until 2026-12-01' });
    aws.calls = [];
    await metered('2026-11-15T12:05:00Z');
    expect(aws.operations().filter((operation) => operation.endsWith('Role'))).toEqual([]);
  });

  test('whose names do not fit into tags is told, once', async () => {
    settle({ limits: { environment: { month: 1000 }, person: { month: 1 }, persons: {}, projects: {} } });
    const names = Array.from({ length: 30 }, (_, index) => `somebody-with-a-long-name-${10 + index}`);
    for (const name of names) sagemaker.put('TrainingJob', name, trainingJob(name), [profile(name)]);
    expect(await message('2026-11-15T12:00:00Z')).toContain('At their limits, and not denied, since the roles\' tags have no room for more names: somebody-with-a-long-name-26');
    const { SpendingDeniedPersons1: first, SpendingDeniedPersons2: second } = await written.tagsOf(STUDIO);
    expect([first.length <= 256, second.length <= 256, `${first}${second}`.match(/somebody/g)!.length]).toEqual([true, true, 16]);
    expect(await message('2026-11-15T12:05:00Z')).toBe('');
  });

  test('that cannot be enforced is counted on, and people are told as soon as it can', async () => {
    settle({ limits: { environment: { month: 1 }, persons: {}, projects: {} } });
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    aws.intercept = ({ operation }) => operation === 'TagRole' ? new Reply(403, 'text/xml', new Refusal('AccessDenied', 'may not').asQuery().body) : undefined;
    await expect(metered('2026-11-15T12:00:00Z')).rejects.toThrow('Denying new work: ');
    expect(await written.ledger()).toMatchObject({ total: 1, told: {} });
    aws.intercept = () => undefined;
    expect(await message('2026-11-15T12:05:00Z')).toContain('New work is denied');
  });
});

describe('running work', () => {
  const LOW = { environment: { month: 1000 }, person: { month: 1 }, persons: {}, projects: {} };

  beforeEach(() => {
    sagemaker.put(...studioSpace('own', 'alice'));
    sagemaker.put(...application('own'));
    sagemaker.put('TrainingJob', 'a', trainingJob('a'), [profile('alice')]);
    for (const name of ['t-1', 't-2']) sagemaker.put('TrainingJob', name, trainingJob(name, { TuningJobArn: arnOf('hyper-parameter-tuning-job/t') }), [profile('alice')]);
    sagemaker.put('TrainingJob', 'others', trainingJob('others', { TrainingStartTime: at('2026-11-15T11:30:00Z') }), [profile('bob')]);
  });

  test('goes on', async () => {
    settle({ limits: LOW });
    await metered('2026-11-15T12:00:00Z');
    expect(sagemaker.done).toEqual([]);
  });

  test('of who is at a limit is stopped by choice: jobs, and a tuning job once and in the place of its jobs', async () => {
    settle({ limits: LOW, stopsJobs: true });
    const { message } = await metered('2026-11-15T12:00:00Z');
    expect(sagemaker.done).toEqual([['StopTrainingJob', { TrainingJobName: 'a' }], ['StopHyperParameterTuningJob', { HyperParameterTuningJobName: 't' }]]);
    expect(message).toContain('Running jobs are stopped.');
  });

  test('of who is at a limit is stopped by choice: applications, whose space stays', async () => {
    settle({ limits: LOW, stopsApplications: true });
    await metered('2026-11-15T12:00:00Z');
    expect(sagemaker.done).toEqual([['DeleteApp', { DomainId: DOMAIN, SpaceName: 'own', AppType: 'JupyterLab', AppName: 'default' }]]);
  });

  test('that cannot be stopped keeps nothing else from being stopped, and is tried again', async () => {
    settle({ limits: LOW, stopsJobs: true, stopsApplications: true });
    aws.intercept = ({ operation }) => operation === 'SageMaker.StopTrainingJob' ? new Refusal('AccessDeniedException', 'no') : undefined;
    await expect(metered('2026-11-15T12:00:00Z')).rejects.toThrow('Stopping training job a: ');
    expect(sagemaker.done.map(([operation]) => operation)).toEqual(['StopHyperParameterTuningJob', 'DeleteApp']);
    aws.intercept = () => undefined;
    await metered('2026-11-15T12:05:00Z');
    expect(sagemaker.done.map(([operation]) => operation)).toContain('StopTrainingJob');
  });

  test('that has vanished meanwhile is stopped', async () => {
    settle({ limits: LOW, stopsJobs: true });
    aws.intercept = ({ operation }) => operation === 'SageMaker.StopTrainingJob' ? new Refusal('ResourceNotFound', 'Requested resource not found.') : undefined;
    await expect(metered('2026-11-15T12:00:00Z')).resolves.toMatchObject({ tell: true });
  });
});

describe('a month that is over', () => {
  test('is reported, by kind, person and project, with the hours that have no price', async () => {
    await written.put('ledger/2026-11.json', ledger('2026-11-30T23:00:00Z', { total: 10, byKind: { app: 10 }, byPerson: { bob: 10 }, unpriced: { 'training ml.p9.huge': 3 } }));
    sagemaker.put('TrainingJob', 'a', trainingJob('a', { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 20 } }), [profile('alice'), project('fraud')]);
    const { message, month, total } = await metered('2026-12-01T00:30:00Z');
    expect([month, total]).toEqual(['2026-12', 10]);
    expect(message).toBe([
      'The environment churn has spent 30.00 USD in 2026-11, of 1000.00 USD.', 'By kind: training 20.00 USD, app 10.00 USD.', 'By person: alice 20.00 USD, bob 10.00 USD.', 'By project: fraud 20.00 USD.', 'Without a price, and in no amount: training ml.p9.huge 3.0 h.', 'Report: reports/2026-11.json',
    ].join('\n'));
    expect(await written.all()).toMatchObject({
      'reports/2026-11.json': { environment: 'churn', month: '2026-11', total: 30, limit: { month: 1000 }, byKind: { app: 10, training: 20 }, unpricedHours: { 'training ml.p9.huge': 3 } },
      'ledger/2026-11.json': { total: 30, through: '2026-12-01T00:00:00.000Z' },
      'ledger/2026-12.json': { total: 10, through: '2026-12-01T00:30:00.000Z' },
    });
    expect((await metered('2026-12-01T00:35:00Z')).message).toBe('');
  });

  test('is reported once, and each of several that the meter was down for', async () => {
    await written.put('ledger/2026-11.json', ledger('2026-11-30T00:00:00Z'));
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    const { message } = await metered('2027-02-01T06:00:00Z');
    expect(message.match(/spent [\d.]+ USD in [\d-]+/g)).toEqual(['spent 24.00 USD in 2026-11', 'spent 744.00 USD in 2026-12', 'spent 744.00 USD in 2027-01']);
    expect(await written.ledger('2027-02')).toMatchObject({ total: 6 });
  });

  test('is not counted again where the ledger after it was lost', async () => {
    await written.put('ledger/2026-11.json', ledger('2026-11-30T23:00:00Z'));
    sagemaker.put('TrainingJob', 'a', trainingJob('a'));
    await metered('2026-12-01T01:00:00Z');
    await written.put('ledger/2026-12.json', ledger('2026-12-01T00:00:00Z'));
    expect((await metered('2026-12-01T02:00:00Z')).total).toBe(2);
    expect(await written.ledger('2026-11')).toMatchObject({ total: 1 });
  });
});

test('every tag that the meter sets is one that its role may set', () => {
  expect([DENIAL.environment, ...DENIAL.persons, ...DENIAL.projects].every((key) => key.startsWith('SpendingDenied'))).toBe(true);
});
