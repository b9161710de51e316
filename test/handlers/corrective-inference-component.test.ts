import { ACCOUNT, arnOf, call, FakeWork, GROUP, makeRecords, recordsOf, REGION, sent, settle, SUBNET } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { Guardrail, Work } from '../../src/handlers/corrective/settings';

const aws = new EmulatedAws();
let work: FakeWork;

const IN_SUBNETS: Guardrail = { Sid: 'DenyMissingSubnets', Action: 'sagemaker:CreateModel', Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } };
const OWN_IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/own:1`, PUBLIC_IMAGE = 'docker.io/somebody/model';
const CHURN = `arn:aws:iam::${ACCOUNT}:role/churn--model-execution-${REGION}`;
const CREATED = 1_790_000_000;

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
}, 120_000);
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  work = new FakeWork();
  aws.services.SageMaker = (operation, input) => work.call(operation, input);
  settle({ guardrails: [IN_SUBNETS] });
  jest.spyOn(console, 'log').mockImplementation();
});

let names = 0;
/** What SageMaker says of a component that was just made, and CloudTrail of the call. */
function aComponent(Specification: object, more: object = {}): [event: object, name: string] {
  const name = `component-${names++}`;
  work.put('DescribeInferenceComponent', name, {
    InferenceComponentName: name,
    InferenceComponentArn: arnOf(`inference-component/${name}`),
    InferenceComponentStatus: 'Creating',
    LastModifiedTime: CREATED,
    EndpointName: 'shared',
    VariantName: 'a',
    Specification,
    RuntimeConfig: { DesiredCopyCount: 2, CurrentCopyCount: 0 },
    ...more,
  });
  return [call('CreateInferenceComponent', { inferenceComponentName: name }), name];
}
const container = (SpecifiedImage: string) => ({ Container: { DeployedImage: { SpecifiedImage, ResolvedImage: `${SpecifiedImage}@sha256:0` } } });

describe('an inference component', () => {
  beforeEach(() => {
    work.put('DescribeModel', 'isolated', { VpcConfig: { Subnets: [SUBNET], SecurityGroupIds: [GROUP] }, PrimaryContainer: { Image: OWN_IMAGE } });
    work.put('DescribeModel', 'open', { PrimaryContainer: { Image: OWN_IMAGE } });
    work.put('DescribeModel', 'foreign', { VpcConfig: { Subnets: [SUBNET], SecurityGroupIds: [GROUP] }, PrimaryContainer: { Image: PUBLIC_IMAGE } });
  });

  test.each([['with a model that keeps the rules', { ModelName: 'isolated' }], ['with a container of the account', container(OWN_IMAGE)], ['whose model was deleted', { ModelName: 'never' }]])('%s stays', async (_, specification) => {
    expect(await sent(aComponent(specification)[0])).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['whose container, which is of no model, comes from a public registry', container(PUBLIC_IMAGE), 'ModelImageRegistry'],
    ['whose model comes from a public registry', { ModelName: 'foreign' }, 'ModelImageRegistry'],
    ['whose model is in no subnet', { ModelName: 'open' }, 'DenyMissingSubnets'],
  ])('%s is deleted, and its endpoint stays', async (_, specification, rule) => {
    const [event, name] = aComponent(specification);
    const { outcome, id } = await sent(event);
    expect([outcome, work.done]).toEqual(['corrected', [['DeleteInferenceComponent', { InferenceComponentName: name }]]]);
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({ broken: [{ rule }] });
  });

  test('of several specifications is judged by each of them', async () => {
    expect(await sent(aComponent({}, { Specification: undefined, Specifications: [container(OWN_IMAGE), container(PUBLIC_IMAGE)] })[0])).toMatchObject({ outcome: 'corrected' });
  });

  test('is put back by a command that has what it was made of', async () => {
    const { id } = await sent(aComponent({ ...container(PUBLIC_IMAGE), ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 } })[0]);
    const { [`decisions/${id}.json`]: { undo: [undo] } } = await recordsOf(aws) as Record<string, { undo: string[] }>;
    expect(undo).toMatch(/^aws sagemaker create-inference-component --inference-component-name component-\d+ --endpoint-name shared --variant-name a --specification /);
    expect(JSON.parse(/--specification '(.*)' --runtime-config/.exec(undo)![1])).toEqual({ Container: { Image: PUBLIC_IMAGE }, ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 } });
    expect(undo).toMatch(/--runtime-config '{"CopyCount":2}'$/);
  });

  test('that is updated is looked at again', async () => {
    const [, inferenceComponentName] = aComponent(container(PUBLIC_IMAGE));
    expect(await sent(call('UpdateInferenceComponent', { inferenceComponentName }))).toMatchObject({ outcome: 'corrected' });
  });

  test.each(['Deleting', 'Failed'])('that is %s is left', async (InferenceComponentStatus) => {
    expect(await sent(aComponent(container(PUBLIC_IMAGE), { InferenceComponentStatus })[0])).toMatchObject({ outcome: 'ended' });
  });

  test.each<[string, Work, string]>([
    ['whose configuration has its role', { own: [CHURN] }, 'corrected'], ['of another environment', { own: [`${CHURN}-other`] }, 'elsewhere'],
  ])('is work of the environment of its endpoint: %s', async (_, whose, outcome) => {
    settle({ work: whose });
    work.put('DescribeEndpoint', 'shared', { EndpointConfigName: 'shared' });
    work.put('DescribeEndpointConfig', 'shared', { ExecutionRoleArn: CHURN });
    expect(await sent(aComponent(container(PUBLIC_IMAGE))[0])).toMatchObject({ outcome });
  });
});
