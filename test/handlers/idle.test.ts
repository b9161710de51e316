import { IdleStage } from './fake-aws/idle-stage';

const NOW = '2026-11-25T06:00:00Z', DAY = 86_400_000; // a Wednesday
const daysAgo = (days: number) => Math.floor((Date.parse(NOW) - days * DAY) / 1000);
const sagemakerArn = (resource: string) => `arn:aws:sagemaker:eu-west-1:111111111111:${resource}`;

interface Account {
  endpoints: { name: string; age: number; count?: number; serverless?: boolean; calls?: number; componentCalls?: number }[];
  apps: { space: string; age: number; status?: string; activity?: number; check?: number }[];
  spaces: { name: string; age: number; size?: number }[];
  notebooks: { name: string; age: number; status: string }[];
  servers: { name: string; age: number; active: string }[];
  refused: Record<string, string>;
  metricStatus: string;
}
interface Metric { readonly MetricName: string; readonly Dimensions: { readonly Name: string; readonly Value: string }[] }
interface Query { readonly MetricStat: { readonly Metric: Metric } }
let account: Account;

/** What the services answer, by operations of AWS's models. */
function answer(operation: string, input: Record<string, never>): unknown {
  const { endpoints, apps, spaces, notebooks, servers } = account;
  const endpoint = endpoints.find(({ name }) => name === (input.EndpointName ?? input.EndpointConfigName ?? input.EndpointNameEquals));
  switch (operation) {
    case 'ListEndpoints': return { Endpoints: endpoints.map(({ name, age }) => ({ EndpointName: name, EndpointStatus: 'InService', CreationTime: daysAgo(age), LastModifiedTime: daysAgo(age) })) };
    case 'DescribeEndpoint': return {
      EndpointName: endpoint!.name,
      EndpointArn: sagemakerArn(`endpoint/${endpoint!.name}`),
      EndpointConfigName: endpoint!.name,
      ProductionVariants: [{ VariantName: 'all', CurrentInstanceCount: endpoint!.count ?? 1, ...endpoint!.serverless && { CurrentServerlessConfig: { MaxConcurrency: 1 } } }],
    };
    case 'DescribeEndpointConfig': return { ProductionVariants: [{ VariantName: 'all', InstanceType: 'ml.m5.xlarge' }] };
    case 'ListInferenceComponents': return { InferenceComponents: endpoint!.componentCalls === undefined ? [] : [{ InferenceComponentName: `${endpoint!.name}-part` }] };
    case 'GetMetricData': return {
      MetricDataResults: (input.MetricDataQueries as Query[]).map(({ MetricStat: { Metric } }, index) => {
        const value = (name: string) => Metric.Dimensions.find(({ Name }) => Name === name)?.Value;
        const of = endpoints.find(({ name }) => name === value('EndpointName') || `${name}-part` === value('InferenceComponentName'));
        const count = value('InferenceComponentName') ? of?.componentCalls : value('VariantName') && Metric.MetricName === 'Invocations' ? of?.calls : undefined;
        return { Id: `m${index}`, Values: count ? [count] : [], StatusCode: account.metricStatus };
      }),
    };
    case 'ListApps': return { Apps: apps.map(({ space, age, status = 'InService' }) => ({ DomainId: 'd-1', SpaceName: space, AppType: 'JupyterLab', AppName: 'default', Status: status, CreationTime: daysAgo(age), ResourceSpec: { InstanceType: 'ml.m5.large' } })) };
    case 'DescribeApp': {
      const app = apps.find(({ space }) => space === input.SpaceName)!;
      return { AppArn: sagemakerArn(`app/d-1/${app.space}/JupyterLab/default`), LastUserActivityTimestamp: app.activity && daysAgo(app.activity), LastHealthCheckTimestamp: app.check !== undefined ? daysAgo(app.check) : undefined };
    }
    case 'ListSpaces': return { Spaces: spaces.map(({ name, age, size }) => ({ DomainId: 'd-1', SpaceName: name, CreationTime: daysAgo(age), LastModifiedTime: daysAgo(age), SpaceSettingsSummary: { SpaceStorageSettings: size && { EbsStorageSettings: { EbsVolumeSizeInGb: size } } } })) };
    case 'ListNotebookInstances': return { NotebookInstances: notebooks.map(({ name }) => ({ NotebookInstanceName: name })) };
    case 'DescribeNotebookInstance': {
      const { name, age, status } = notebooks.find((one) => one.name === input.NotebookInstanceName)!;
      return { NotebookInstanceArn: sagemakerArn(`notebook-instance/${name}`), NotebookInstanceStatus: status, LastModifiedTime: daysAgo(age), InstanceType: 'ml.t3.medium', VolumeSizeInGB: 20 };
    }
    case 'ListMlflowTrackingServers': return { TrackingServerSummaries: servers.map(({ name, age, active }) => ({ TrackingServerName: name, IsActive: active, CreationTime: daysAgo(age), LastModifiedTime: daysAgo(age) })) };
    case 'DescribeMlflowTrackingServer': return { TrackingServerArn: sagemakerArn(`mlflow-tracking-server/${input.TrackingServerName as string}`), TrackingServerSize: 'Small' };
    default: return {};
  }
}

const stage = new IdleStage(answer, (operation) => account.refused[operation]);
const settings = (more: object = {}) => IdleStage.settle({
  prices: { currency: 'USD', perHour: { endpoint: { 'ml.m5.xlarge': 0.257 }, app: { 'ml.m5.large': 0.128 }, notebook: { 'ml.t3.medium': 0.055 } }, perGbMonth: { notebook: 0.154 } },
  ...more,
});

beforeAll(() => stage.start());
beforeEach(() => {
  account = { endpoints: [], apps: [], spaces: [], notebooks: [], servers: [], refused: {}, metricStatus: 'Complete' };
  stage.reset();
  settings();
});
afterAll(() => stage.stop());

interface Found { readonly kind: string; readonly arn: string; readonly outcome: string; readonly perMonth: number; readonly unpriced: string[] }
const look = (time = NOW) => stage.look<{ findings: Found[]; failures: string[] }>(time);
const did = () => stage.calls.map(({ operation }) => operation).filter((operation) => /^(Delete|Stop)/.test(operation));

describe('endpoints', () => {
  test('that nobody has called are found, with what they cost a month, and how to make them again', async () => {
    account.endpoints = [{ name: 'old', age: 30, count: 2 }];
    const { findings, tell, message } = await look();
    expect(findings).toEqual([expect.objectContaining({ kind: 'endpoint', arn: sagemakerArn('endpoint/old'), outcome: 'reported', unpriced: [] })]);
    expect(findings[0].perMonth).toBeCloseTo(2 * 730 * 0.257);
    expect({ tell, did: did() }).toEqual({ tell: true, did: [] });
    expect(message).toContain('375.22 USD a month');
  });

  test('are asked for by the metrics of their variants and components, of the days that count', async () => {
    account.endpoints = [{ name: 'old', age: 30, componentCalls: 0 }];
    await look();
    const { input } = stage.calls.find(({ operation }) => operation === 'GetMetricData')!;
    expect(input).toMatchObject({ StartTime: daysAgo(7), EndTime: daysAgo(0) });
    expect((input.MetricDataQueries as Query[]).map(({ MetricStat: { Metric } }) => Metric)).toEqual(expect.arrayContaining([
      { Namespace: 'AWS/SageMaker', MetricName: 'Invocations', Dimensions: [{ Name: 'EndpointName', Value: 'old' }, { Name: 'VariantName', Value: 'all' }] },
      { Namespace: 'AWS/SageMaker', MetricName: 'Invocations', Dimensions: [{ Name: 'InferenceComponentName', Value: 'old-part' }] },
    ]));
  });

  test.each<[string, Account['endpoints'][number], string?]>([
    ['was called', { name: 'one', age: 30, calls: 1 }], ['has a component that was called', { name: 'one', age: 30, componentCalls: 3 }], ['is younger', { name: 'one', age: 6 }],
    ['has no instances', { name: 'one', age: 30, count: 0 }], ['is serverless', { name: 'one', age: 30, serverless: true }],
    ['CloudWatch does not know enough of', { name: 'one', age: 30 }, 'InternalError'],
  ])('one that %s is not idle', async (_, endpoint, metricStatus = 'Complete') => {
    Object.assign(account, { endpoints: [endpoint], metricStatus });
    expect(await look()).toMatchObject({ findings: [], tell: false });
  });

  test('are deleted by choice, and what the allow-list has is not even told', async () => {
    account.endpoints = [{ name: 'old', age: 30 }, { name: 'demo-1', age: 30 }];
    settings({ enforced: ['delete-endpoint'], allowList: ['arn:aws:sagemaker:*:*:endpoint/demo-*'] });
    const { findings, message } = await look();
    expect(findings.map(({ arn, outcome }) => [arn, outcome])).toEqual([[sagemakerArn('endpoint/old'), 'done']]);
    expect(stage.calls.filter(({ operation }) => operation === 'DeleteEndpoint').map(({ input }) => input)).toEqual([{ EndpointName: 'old' }]);
    expect(message).toContain("Undo: aws sagemaker create-endpoint --endpoint-name 'old' --endpoint-config-name 'old'");
  });

  test('whose deletion fails are told with the reason', async () => {
    account.endpoints = [{ name: 'old', age: 30 }];
    account.refused = { DeleteEndpoint: 'AccessDeniedException' };
    settings({ enforced: ['delete-endpoint'] });
    expect(await look()).toMatchObject({ findings: [{ outcome: 'failed', reason: 'not today' }] });
  });
});

describe('applications', () => {
  test('that nobody has worked with are found, and deleted by choice', async () => {
    account.apps = [{ space: 'alice', age: 30, activity: 10, check: 0 }];
    settings({ enforced: ['delete-application'] });
    const { findings: [found] } = await look();
    expect(found).toMatchObject({ kind: 'application', outcome: 'done', since: new Date(daysAgo(10) * 1000).toISOString() });
    expect(did()).toEqual(['DeleteApp']);
  });

  test('of whose use a health check is all that is known are reported, and never deleted', async () => {
    account.apps = [{ space: 'alice', age: 30, activity: 1, check: 1 }];
    settings({ enforced: ['delete-application'] });
    expect((await look()).findings).toEqual([expect.objectContaining({ outcome: 'reported', why: expect.stringContaining('does not tell whether') as string })]);
    expect(did()).toEqual([]);
  });

  test('that somebody has worked with, or that are young, are not idle', async () => {
    account.apps = [{ space: 'alice', age: 30, activity: 2, check: 0 }, { space: 'bob', age: 3, activity: 3, check: 3 }];
    expect((await look()).findings).toEqual([]);
  });
});

describe('spaces', () => {
  test('are idle when no application has been seen in them for so long, which takes as long to know', async () => {
    account.spaces = [{ name: 'alice', age: 90, size: 100 }];
    expect((await look()).findings).toEqual([]);
    const { findings, message } = await look('2026-12-03T06:00:00Z');
    expect(findings).toEqual([expect.objectContaining({ kind: 'space', arn: sagemakerArn('space/d-1/alice'), outcome: 'reported', unpriced: ['100 GB of app storage'] })]);
    expect(message).toContain('unpriced');
  });

  test('are used as long as an application runs, or was made, in them', async () => {
    account.spaces = [{ name: 'alice', age: 90, size: 100 }, { name: 'bob', age: 90, size: 5 }];
    await look();
    Object.assign(account, { apps: [{ space: 'alice', age: 30, activity: 0.5, check: 0 }, { space: 'bob', age: -7, status: 'Deleted' }] });
    await look('2026-12-02T06:00:00Z');
    account.apps = [];
    expect((await look('2026-12-05T06:00:00Z')).findings).toEqual([]);
    expect((await look('2026-12-10T06:00:00Z')).findings.map(({ arn }) => arn)).toEqual([sagemakerArn('space/d-1/alice'), sagemakerArn('space/d-1/bob')]);
  });

  test('are not looked at where applications cannot be listed', async () => {
    Object.assign(account, { spaces: [{ name: 'alice', age: 90, size: 100 }], refused: { ListApps: 'AccessDeniedException' } });
    await look();
    expect(await look('2026-12-10T06:00:00Z')).toMatchObject({ findings: [], tell: true, failures: [expect.stringContaining('applications: ')] });
  });
});

describe('notebook instances and tracking servers', () => {
  test('that are stopped cost their volume, and those that run are stopped by choice', async () => {
    account.notebooks = [{ name: 'stopped', age: 30, status: 'Stopped' }, { name: 'runs', age: 30, status: 'InService' }, { name: 'young', age: 2, status: 'InService' }];
    settings({ enforced: ['stop-notebook'] });
    const { findings } = await look();
    expect(findings.map(({ arn, outcome, perMonth }) => [arn, outcome, Number(perMonth.toFixed(2))])).toEqual([
      [sagemakerArn('notebook-instance/stopped'), 'reported', 3.08], [sagemakerArn('notebook-instance/runs'), 'done', 40.15],
    ]);
    expect(did()).toEqual(['StopNotebookInstance']);
  });

  test('servers that run are reported as what they are: nobody knows whether they are used', async () => {
    account.servers = [{ name: 'old', age: 30, active: 'Active' }, { name: 'stopped', age: 30, active: 'Inactive' }, { name: 'young', age: 1, active: 'Active' }];
    expect((await look()).findings).toEqual([expect.objectContaining({ arn: sagemakerArn('mlflow-tracking-server/old'), unpriced: ['1 × mlflow Small'] })]);
  });
});

test('people hear of the same again on Mondays only, and of what could not be read each day', async () => {
  account.endpoints = [{ name: 'old', age: 30 }];
  expect((await look()).tell).toBe(true);
  expect((await look('2026-11-26T06:00:00Z')).tell).toBe(false);
  expect((await look('2026-11-30T06:00:00Z')).tell).toBe(true);
  account.refused = { ListSpaces: 'AccessDeniedException' };
  expect(await look('2026-12-01T06:00:00Z')).toMatchObject({ tell: true, message: expect.stringContaining('Could not be read: spaces: not today') as string });
});
