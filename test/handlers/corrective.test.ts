import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Refusal } from './fake-aws/answer';
import { ACCOUNT, arnOf, call, FakeWork, GROUP, KEY, makeRecords, RECORDS, recordsOf, REGION, ROLE, sent, settle, state, SUBNET, trainingJob } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { ExecutionGuardrails } from '../../src';
import { Guardrail } from '../../src/handlers/corrective/settings';

const aws = new EmulatedAws();
let work: FakeWork;
const guardrails = guardrailsOfTheLibrary();

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
}, 120_000);
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  work = new FakeWork();
  aws.services.SageMaker = (operation, input) => work.call(operation, input);
  settle({ guardrails });
  jest.spyOn(console, 'log').mockImplementation();
});

/** As an environment has them. */
function guardrailsOfTheLibrary(): Guardrail[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const { statements } = new ExecutionGuardrails(stack, 'Guardrails', {
    roles: [], subnets: [Subnet.fromSubnetId(stack, 'Subnet', SUBNET)], securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', GROUP)], volumeKey: Key.fromKeyArn(stack, 'Key', KEY), outputKeys: [Key.fromKeyArn(stack, 'Output', KEY)],
  });
  return stack.resolve(statements.map((one) => one.toStatementJson() as object)) as Guardrail[];
}

let names = 0;
const fresh = (prefix: string) => `${prefix}-${names++}`;

function aTrainingJob(changes: object = {}): [event: object, name: string] {
  const name = fresh('job');
  work.put('DescribeTrainingJob', name, trainingJob(name, { ...changes }));
  return [state('Training Job', { TrainingJobName: name, TrainingJobStatus: 'InProgress' }), name];
}

describe('a job that keeps the guardrails', () => {
  test('goes on', async () => {
    const [event] = aTrainingJob();
    expect(await sent(event)).toMatchObject({ outcome: 'compliant', tell: false });
    expect(work.done).toEqual([]);
  });

  test('is looked at, whatever the event says of it', async () => {
    const [event] = aTrainingJob();
    expect(await sent({ ...event, detail: { ...(event as { detail: object }).detail, VpcConfig: null, ResourceConfig: { InstanceType: 'ml.p5.48xlarge' } } })).toMatchObject({ outcome: 'compliant' });
  });

  test('may name its key by the id alone, as SageMaker answers it', async () => {
    const [event] = aTrainingJob({ OutputDataConfig: { S3OutputPath: 's3://data', KmsKeyId: KEY.split('/')[1] } });
    expect(await sent(event)).toMatchObject({ outcome: 'compliant' });
  });
});

describe('a training job is stopped', () => {
  test.each([
    ['in no subnet', { VpcConfig: undefined }, ['DenyMissingSubnets', 'DenyMissingSecurityGroups']],
    ['in a foreign subnet', { VpcConfig: { Subnets: ['subnet-2'], SecurityGroupIds: [GROUP] } }, ['DenyForeignSubnets']],
    ['with a foreign security group', { VpcConfig: { Subnets: [SUBNET], SecurityGroupIds: [GROUP, 'sg-2'] } }, ['DenyForeignSecurityGroups']],
    ['without a key for its volume', { ResourceConfig: { InstanceType: 'ml.m5.large' } }, ['DenyMissingVolumeKey']],
    ['without a key for its output', { OutputDataConfig: { S3OutputPath: 's3://data' } }, ['DenyForeignOrMissingOutputKey']],
    ['of another instance type', { ResourceConfig: { InstanceType: 'ml.p5.48xlarge' } }, ['DenyOtherInstanceTypes']],
    ['with an instance group of another type', { ResourceConfig: { InstanceGroups: [{ InstanceType: 'ml.p5.48xlarge', InstanceCount: 1, InstanceGroupName: 'a' }] } }, ['DenyOtherInstanceTypes']],
    ['that may last for days', { StoppingCondition: { MaxRuntimeInSeconds: 5 * 86_400 } }, ['DenyLongOrUnlimitedRuntime']],
    ['with plain text between containers', { EnableInterContainerTrafficEncryption: false }, ['DenyPlainTextBetweenContainers']],
  ])('%s', async (_, changes, rules) => {
    const [event, name] = aTrainingJob(changes);
    const answer = await sent(event);
    expect(answer).toMatchObject({ outcome: 'corrected', arn: arnOf(`training-job/${name}`), tell: true });
    expect(work.done).toEqual([['StopTrainingJob', { TrainingJobName: name }]]);
    const { [`decisions/${answer.id}.json`]: record } = await recordsOf(aws);
    expect(record).toMatchObject({ outcome: 'corrected', action: 'stop-job', broken: rules.map((rule) => ({ rule })) });
  });
});

const created = 1_790_000_000;
const network = { VpcConfig: { Subnets: [SUBNET], SecurityGroupIds: [GROUP] } };

describe('other jobs without a network, or without keys, are stopped', () => {
  test.each([
    ['Processing Job', 'ProcessingJob', {}],
    ['Transform Job', 'TransformJob', { TransformResources: { InstanceType: 'ml.m5.large' } }],
    ['HyperParameter Tuning Job', 'HyperParameterTuningJob', { TrainingJobDefinitions: [{ ...network }, {}] }],
  ])('%s', async (type, kind, description) => {
    const name = fresh('job');
    work.put(`Describe${kind}`, name, { [`${kind}Arn`]: arnOf(`job/${name}`), [`${kind}Status`]: 'InProgress', CreationTime: created, ...description });
    expect(await sent(state(type, { [`${kind}Name`]: name }))).toMatchObject({ outcome: 'corrected' });
    expect(work.done).toEqual([[`Stop${kind}`, { [`${kind}Name`]: name }]]);
  });

  test.each(['CreateAutoMLJob', 'CreateAutoMLJobV2'])('of AutoML, by %s', async (operation) => {
    const name = fresh('automl');
    work.put('DescribeAutoMLJobV2', name, { AutoMLJobArn: arnOf(`automl-job/${name}`), AutoMLJobStatus: 'InProgress', CreationTime: created });
    expect(await sent(call(operation, { autoMLJobName: name }))).toMatchObject({ outcome: 'corrected' });
    expect(work.done).toEqual([['StopAutoMLJob', { AutoMLJobName: name }]]);
  });
});

describe('an endpoint', () => {
  function anEndpoint({ model = {}, config = {}, status = 'InService' }: { model?: object; config?: object; status?: string }): [object, string] {
    const name = fresh('endpoint');
    work.put('DescribeEndpoint', name, { EndpointName: name, EndpointArn: arnOf(`endpoint/${name}`), EndpointConfigName: `${name}-config`, EndpointStatus: status, CreationTime: created });
    work.put('DescribeEndpointConfig', `${name}-config`, { KmsKeyId: KEY, ProductionVariants: [{ VariantName: 'a', ModelName: `${name}-model`, InstanceType: 'ml.m5.large' }], ...config });
    work.put('DescribeModel', `${name}-model`, { ...network, EnableNetworkIsolation: true, PrimaryContainer: { Image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/own:1` }, ...model });
    return [state('Endpoint', { EndpointName: name }), name];
  }

  test('that keeps the rules stays', async () => {
    expect(await sent(anEndpoint({})[0])).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['an image of a public registry', { model: { PrimaryContainer: { Image: 'docker.io/somebody/model' } } }, 'ModelImageRegistry'],
    ['a model that reaches networks', { model: { EnableNetworkIsolation: false } }, 'DenyMissingNetworkIsolation'],
    ['a model in no subnet', { model: { VpcConfig: undefined } }, 'DenyMissingSubnets'],
    ['a foreign key', { config: { KmsKeyId: 'arn:aws:kms:eu-west-1:999999999999:key/a' } }, 'DenyForeignVolumeKey'],
    ['no server', { config: { ProductionVariants: [{ VariantName: 'a', ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 1 } }] } }, 'DenyServerlessEndpoints'],
  ])('with %s is deleted, and what it is made of stays', async (_, parts, rule) => {
    const [event, name] = anEndpoint(parts);
    const { outcome, id } = await sent(event);
    expect([outcome, work.done]).toEqual(['corrected', [['DeleteEndpoint', { EndpointName: name }]]]);
    const { [`decisions/${id}.json`]: record } = await recordsOf(aws);
    expect(record).toMatchObject({
      broken: expect.arrayContaining([expect.objectContaining({ rule })]) as unknown,
      undo: [`aws sagemaker create-endpoint --endpoint-name ${name} --endpoint-config-name ${name}-config`],
    });
  });

  test('that is not made yet is looked at when it is', async () => {
    expect(await sent(anEndpoint({ model: { VpcConfig: undefined }, status: 'Creating' })[0])).toMatchObject({ outcome: 'ended' });
  });

  test('is not spared for variables of its model that look like a template', async () => {
    const PrimaryContainer = { Image: 'docker.io/somebody/model', Environment: { Ref: 'Model0' } };
    expect(await sent(anEndpoint({ model: { PrimaryContainer } })[0])).toMatchObject({ outcome: 'corrected' });
  });

  test('whose model was deleted is judged by what is left', async () => {
    const [event, name] = anEndpoint({});
    work.described.delete(`DescribeModel ${name}-model`);
    expect(await sent(event)).toMatchObject({ outcome: 'compliant' });
  });
});

describe('a notebook instance', () => {
  function aNotebook(changes: object, modified = created): [object, string] {
    const name = fresh('notebook');
    work.put('DescribeNotebookInstance', name, {
      NotebookInstanceName: name, NotebookInstanceArn: arnOf(`notebook-instance/${name}`), NotebookInstanceStatus: 'InService', LastModifiedTime: modified, SubnetId: SUBNET, SecurityGroups: [GROUP], KmsKeyId: KEY, InstanceType: 'ml.t3.medium', DirectInternetAccess: 'Disabled', RootAccess: 'Disabled', ...changes,
    });
    return [state('Notebook Instance', { NotebookInstanceName: name, NotebookInstanceStatus: 'InService' }), name];
  }

  test('that keeps the rules goes on', async () => {
    expect(await sent(aNotebook({})[0])).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['with direct internet access', { DirectInternetAccess: 'Enabled' }, ['NotebookDirectInternet', 'DenyDirectInternetAccess']],
    ['where people are root', { RootAccess: 'Enabled' }, ['NotebookRootAccess', 'DenyRootAccess']],
    ['in no subnet', { SubnetId: undefined, SecurityGroups: undefined }, ['NotebookInVpc', 'DenyMissingSubnets', 'DenyMissingSecurityGroups']],
  ])('%s is stopped, and keeps its volume', async (_, changes, rules) => {
    const [event, name] = aNotebook(changes);
    const { id } = await sent(event);
    expect(work.done).toEqual([['StopNotebookInstance', { NotebookInstanceName: name }]]);
    const { [`decisions/${id}.json`]: record } = await recordsOf(aws);
    expect(record).toMatchObject({ outcome: 'corrected', broken: rules.map((rule) => ({ rule })), undo: [`aws sagemaker start-notebook-instance --notebook-instance-name ${name}`] });
  });

  test('that is started again is stopped again', async () => {
    const [event, name] = aNotebook({ RootAccess: 'Enabled' });
    await sent(event);
    const { described } = work, key = `DescribeNotebookInstance ${name}`;
    described.set(key, { ...described.get(key), LastModifiedTime: created + 60 });
    expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
    expect(work.done).toHaveLength(2);
  });
});

describe('an application of Studio', () => {
  const name = { domainId: 'd-1', spaceName: 'alice', appType: 'JupyterLab', appName: 'default' };
  const put = (AppType: string, changes: object = {}) => work.put('DescribeApp', `d-1/alice/${AppType}/default`, {
    AppArn: arnOf(`app/d-1/alice/${AppType}/default`), AppType, Status: 'InService', CreationTime: created, ResourceSpec: { InstanceType: 'ml.t3.medium' }, ...changes,
  });

  test('on an instance type of the environment goes on', async () => {
    put('JupyterLab');
    expect(await sent(call('CreateApp', name))).toMatchObject({ outcome: 'compliant' });
  });

  test('on another is deleted, and its space stays', async () => {
    put('JupyterLab', { ResourceSpec: { InstanceType: 'ml.p5.48xlarge' } });
    const { id } = await sent(call('CreateApp', name));
    expect(work.done).toEqual([['DeleteApp', { DomainId: 'd-1', SpaceName: 'alice', AppType: 'JupyterLab', AppName: 'default' }]]);
    const { [`decisions/${id}.json`]: record } = await recordsOf(aws);
    expect(record).toMatchObject({
      broken: [{ rule: 'DenyOtherInstanceTypes' }],
      undo: ['aws sagemaker create-app --domain-id d-1 --space-name alice --app-type JupyterLab --app-name default --resource-spec \'{"InstanceType":"ml.p5.48xlarge"}\''],
      call: { eventName: 'CreateApp', by: `arn:aws:sts::${ACCOUNT}:assumed-role/team/alice` },
    });
  });

  test('of Studio Classic is deleted', async () => {
    put('KernelGateway');
    await sent(call('CreateApp', { ...name, appType: 'KernelGateway' }));
    expect(work.done).toHaveLength(1);
  });
});

describe('what is looked at and left', () => {
  const broken = { VpcConfig: undefined };

  test.each([
    ['what has ended', { TrainingJobStatus: 'Completed' }, 'ended'],
    ['what is being stopped', { TrainingJobStatus: 'Stopping' }, 'ended'],
  ])('%s', async (_, changes, outcome) => {
    expect(await sent(aTrainingJob({ ...broken, ...changes })[0])).toMatchObject({ outcome, tell: false });
  });

  test('what the allow-list has', async () => {
    const [event, name] = aTrainingJob(broken);
    settle({ guardrails, allowList: [`arn:aws:sagemaker:*:*:training-job/${name.slice(0, -1)}?`] });
    expect(await sent(event)).toMatchObject({ outcome: 'allowed' });
  });

  test('what vanished before it was looked at', async () => {
    expect(await sent(state('Training Job', { TrainingJobName: 'never' }))).toMatchObject({ outcome: 'gone', message: 'TrainingJob never is not there, or not watched.' });
  });

  test('what no action is for', async () => {
    settle({ guardrails, actions: ['stop-notebook'] });
    expect(await sent(aTrainingJob(broken)[0])).toMatchObject({ outcome: 'ignored' });
    expect(work.calls).toEqual([]);
  });

  test.each([
    ['a call that failed', { errorCode: 'AccessDenied' }],
    ['a call of its own', { userIdentity: { sessionContext: { sessionIssuer: { arn: ROLE } } } }],
  ])('%s', async (_, more) => {
    expect(await sent(call('CreateTrainingJob', { trainingJobName: aTrainingJob(broken)[1] }, more))).toMatchObject({ outcome: 'ignored' });
    expect(work.calls).toEqual([]);
  });

  test.each([
    ['of another kind', { 'detail-type': 'SageMaker Model State Change', 'detail': { ModelName: 'a' } }],
    ['without a name', state('Training Job', {})],
    ['with a name that is none', state('Training Job', { TrainingJobName: '../../a' })],
    ['with a name that is no text', state('Training Job', { TrainingJobName: { a: 1 } })],
    ['without anything', {}],
    ['that names a member of every object', { 'detail-type': 'AWS API Call via CloudTrail', 'detail': { eventName: 'constructor' } }],
    ['whose type is a member of every object', { 'detail-type': 'constructor', 'detail': {} }],
  ])('an event %s', async (_, event) => {
    expect(await sent(event)).toMatchObject({ outcome: 'ignored' });
  });
});

test('a dry run says what it would do, records it once, and does nothing', async () => {
  settle({ guardrails, enforced: [] });
  const [event, name] = aTrainingJob({ VpcConfig: undefined });
  const answer = await sent(event);
  expect(answer).toEqual({
    outcome: 'dry-run',
    arn: arnOf(`training-job/${name}`),
    id: expect.stringMatching(/^stop-job-[0-9a-f]{32}$/) as string,
    tell: true,
    message: `stop-job of ${arnOf(`training-job/${name}`)} would be done (dry run). sagemaker:CreateTrainingJob with these settings is what DenyMissingSubnets denies. `
      + `sagemaker:CreateTrainingJob with these settings is what DenyMissingSecurityGroups denies. Record: decisions/${answer.id}.json`,
  });
  expect(await sent(event)).toMatchObject({ outcome: 'repeated', tell: false });
  expect(work.done).toEqual([]);
  settle({ guardrails });
  expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
});

describe('what happens while it is corrected', () => {
  const broken = { VpcConfig: undefined };

  test('it vanishes: that is recorded', async () => {
    const [event] = aTrainingJob(broken);
    aws.intercept = ({ operation }) => operation === 'SageMaker.StopTrainingJob' ? new Refusal('ResourceNotFound', 'Could not find it') : undefined;
    const { outcome, id } = await sent(event);
    expect(outcome).toBe('gone');
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({ outcome: 'gone', why: 'Could not find it' });
  });

  test('SageMaker is busy: it is asked again', async () => {
    const [event] = aTrainingJob(broken);
    let busy = 3;
    aws.intercept = ({ operation }) => operation.startsWith('SageMaker') && busy-- > 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : undefined;
    expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
  }, 60_000);

  test('it is refused: the invocation fails, for Lambda to try again, and the next one corrects it', async () => {
    const [event] = aTrainingJob(broken);
    aws.intercept = ({ operation }) => operation === 'SageMaker.StopTrainingJob' ? new Refusal('ValidationException', 'The request was rejected') : undefined;
    await expect(sent(event, 'first')).rejects.toThrow('The request was rejected');
    const failed = Object.values(await recordsOf(aws)).filter(({ invocation }) => invocation === 'first');
    expect(failed).toMatchObject([{ outcome: 'failed', why: 'The request was rejected' }]);
    aws.intercept = () => undefined;
    expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
  });

  test('the function dies: a retry of the invocation goes on, and an event that comes twice does not', async () => {
    const [event] = aTrainingJob(broken);
    aws.intercept = ({ operation, path }) => operation === 'GetObject' && path.includes('/actions/') ? new Refusal('AccessDenied', 'dead', 403) : undefined;
    await expect(sent(event, 'dying')).rejects.toThrow('dead');
    aws.intercept = () => undefined;
    expect(await sent(event, 'another')).toMatchObject({ outcome: 'repeated' });
    expect(await sent(event, 'dying')).toMatchObject({ outcome: 'corrected' });
  });

  test('the function died long ago: whoever comes goes on', async () => {
    const [event] = aTrainingJob(broken);
    aws.intercept = ({ operation, path }) => operation === 'GetObject' && path.includes('/actions/') ? new Refusal('AccessDenied', 'dead', 403) : undefined;
    await expect(sent(event)).rejects.toThrow('dead');
    aws.intercept = () => undefined;
    const now = Date.now();
    jest.useFakeTimers({ now: now + 16 * 60_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'setInterval', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask', 'performance'] });
    try {
      expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
    } finally {
      jest.useRealTimers();
    }
  });

  test('the record cannot be written: nothing is done', async () => {
    const [event] = aTrainingJob(broken);
    aws.intercept = ({ operation }) => operation === 'PutObject' ? new Refusal('AccessDenied', 'no', 403) : undefined;
    await expect(sent(event)).rejects.toThrow('no');
    expect(work.done).toEqual([]);
  });
});

test('what is recorded is in the bucket of records, of this account', async () => {
  const [event] = aTrainingJob({ VpcConfig: undefined });
  await sent(event);
  const puts = aws.calls.filter(({ operation }) => operation === 'PutObject');
  expect(puts.map(({ path, headers }) => [path.split('/')[1], headers['x-amz-expected-bucket-owner']])).toEqual(puts.map(() => [RECORDS, ACCOUNT]));
});
