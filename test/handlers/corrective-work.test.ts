import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Refusal } from './fake-aws/answer';
import { ACCOUNT, arnOf, call, FakeWork, GROUP, makeRecords, RECORDS, recordsOf, REGION, sent, settle, state, SUBNET, trainingJob } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { CorrectiveControls, CorrectiveControlsProps, DataScienceEnvironment, EnvironmentNames, EnvironmentRole, IDataScienceEnvironment } from '../../src';
import { Guardrail, Settings, Work } from '../../src/handlers/corrective/settings';
import { settingsOf } from '../corrective/fixture';

/** Two environments in one account, each with controls of its own: whose work is whose. */

const aws = new EmulatedAws();
let work: FakeWork;

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
}, 120_000);
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  work = new FakeWork();
  aws.services.SageMaker = (operation, input) => work.call(operation, input);
  jest.spyOn(console, 'log').mockImplementation();
});

interface Environments {
  readonly stack: Stack;
  readonly churn: IDataScienceEnvironment;
  readonly fraud: IDataScienceEnvironment;
}

/** Whose work controls look at, as their template says. */
function workOf(props: (environments: Environments) => Partial<CorrectiveControlsProps>): Work | undefined {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }), 'Security', { env: { account: ACCOUNT, region: REGION } });
  const environment = (environmentName: string, rolePath?: string) => DataScienceEnvironment.fromEnvironmentAttributes(stack, environmentName, { environmentName, account: ACCOUNT, region: REGION, partition: 'aws', rolePath });
  const environments = { stack, churn: environment('churn'), fraud: environment('fraud', '/teams/fraud/') };
  new CorrectiveControls(stack, 'Controls', { topic: Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${REGION}:${ACCOUNT}:security`), ...props(environments) });
  return settingsOf(stack).work;
}

const OF_CHURN = workOf(({ churn }) => ({ environment: churn }));
const OF_FRAUD = workOf(({ fraud }) => ({ environment: fraud }));
const CHURN_AND_NOBODY = workOf(({ churn, fraud }) => ({ environment: churn, otherEnvironments: [fraud] }));
const NOT_FRAUD = workOf(({ fraud }) => ({ otherEnvironments: [fraud] }));

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const CHURN = role(`churn--job-execution-${REGION}`), FRAUD = role(`teams/fraud/fraud--job-execution-${REGION}`), ADMIN = role('administrator');

/** Guardrails of an environment: subnets of its own, as those of the library are. */
const inSubnets = (...subnets: string[]): Guardrail[] => [
  { Sid: 'DenyForeignSubnets', Action: 'sagemaker:Create*', Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': subnets } } },
  { Sid: 'DenyMissingSubnets', Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateModel'], Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } },
];
const OTHER_SUBNET = 'subnet-2';
const controls: Record<string, Partial<Settings>> = {
  churn: { guardrails: inSubnets(SUBNET), work: CHURN_AND_NOBODY }, fraud: { guardrails: inSubnets(OTHER_SUBNET), work: OF_FRAUD },
};

let names = 0;
function aJob(RoleArn: string | undefined, subnet: string): [event: object, name: string] {
  const name = `job-${names++}`;
  work.put('DescribeTrainingJob', name, trainingJob(name, { RoleArn, VpcConfig: { Subnets: [subnet], SecurityGroupIds: [GROUP] } }));
  return [state('Training Job', { TrainingJobName: name }), name];
}

/** What both controls of the account do with an event, which both of them hear. */
async function decidedByBoth(event: object): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const [name, settings] of Object.entries(controls)) {
    settle({ ...settings, records: RECORDS });
    outcomes[name] = (await sent(event)).outcome;
  }
  return outcomes;
}

describe('two controls side by side', () => {
  test.each([
    ['leave alone what keeps the guardrails of its environment: churn', CHURN, SUBNET, { churn: 'compliant', fraud: 'elsewhere' }],
    ['leave alone what keeps the guardrails of its environment: fraud', FRAUD, OTHER_SUBNET, { churn: 'elsewhere', fraud: 'compliant' }],
    ['stop what breaks the guardrails of its environment, each its own: churn', CHURN, OTHER_SUBNET, { churn: 'corrected', fraud: 'compliant' }],
    ['stop what breaks the guardrails of its environment, each its own: fraud', FRAUD, SUBNET, { churn: 'compliant', fraud: 'corrected' }],
    ['stop what an administrator makes in no network of the ones that ask for it', ADMIN, 'subnet-3', { churn: 'corrected', fraud: 'elsewhere' }],
    ['leave alone what an administrator makes in the network of the ones that ask for it', ADMIN, SUBNET, { churn: 'compliant', fraud: 'elsewhere' }],
  ])('%s', async (_, RoleArn, subnet, outcomes) => {
    const [event, name] = aJob(RoleArn, subnet);
    expect(await decidedByBoth(event)).toEqual(outcomes);
    expect(work.done).toEqual(Object.values(outcomes).includes('corrected') ? [['StopTrainingJob', { TrainingJobName: name }]] : []);
  });

  test('that look at the same job: who comes later finds it done, and says so', async () => {
    const [event, name] = aJob(ADMIN, 'subnet-3');
    aws.intercept = ({ operation }) => {
      if (operation !== 'SageMaker.StopTrainingJob') return undefined;
      work.put('DescribeTrainingJob', name, trainingJob(name, { RoleArn: ADMIN, TrainingJobStatus: 'Stopping', VpcConfig: undefined }));
      return new Refusal('ValidationException', 'The request was rejected because the training job is in status Stopping');
    };
    settle({ guardrails: inSubnets(SUBNET), work: NOT_FRAUD });
    const { outcome, id } = await sent(event);
    expect(outcome).toBe('gone');
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({ outcome: 'gone', why: expect.stringContaining('Stopping') as string });
  });
});

describe('work of an environment alone', () => {
  test.each([
    ['its own', OF_CHURN, CHURN, 'corrected'],
    ['of a role of its projects', OF_CHURN, role(`churn--code-build-${REGION}`), 'corrected'],
    ['of its role in capitals, which is the same to IAM', OF_CHURN, role(`Churn--Job-Execution-${REGION}`), 'corrected'],
    ['of another environment', OF_CHURN, FRAUD, 'elsewhere'],
    ['of an environment whose name begins alike', OF_CHURN, role(`churn-2--job-execution-${REGION}`), 'elsewhere'],
    ['of the environment of that name in another region', OF_CHURN, role('churn--job-execution-us-west-1'), 'elsewhere'],
    ['of a role whose path looks like its name', OF_CHURN, role(`churn--a/b-${REGION}`), 'elsewhere'],
    ['of a role in another path', OF_FRAUD, role(`elsewhere/fraud--job-execution-${REGION}`), 'elsewhere'],
    ['of nobody', OF_CHURN, ADMIN, 'elsewhere'],
    ['of nobody, where that is asked', CHURN_AND_NOBODY, ADMIN, 'corrected'],
    ['of nobody, where all but one environment is asked', NOT_FRAUD, ADMIN, 'corrected'],
    ['of a third environment, where all but one is asked', NOT_FRAUD, CHURN, 'corrected'],
    ['of the one that is left out', NOT_FRAUD, FRAUD, 'elsewhere'],
    ['of everybody, where nothing is asked', undefined, FRAUD, 'corrected'],
  ])('is looked at: %s', async (_, whose, RoleArn, outcome) => {
    settle({ guardrails: inSubnets(SUBNET), work: whose });
    expect(await sent(aJob(RoleArn, 'subnet-3')[0])).toMatchObject({ outcome });
  });

  test('whose roles exist already is known by their ARNs', () => {
    const whose = workOf(({ stack, churn }) => {
      const existingRole = Role.fromRoleArn(stack, 'Existing', role('platform/jobs'));
      const exceptions = [{ role: EnvironmentRole.JOB_EXECUTION, existingRole }];
      return { environment: Object.assign(churn, { names: EnvironmentNames.forStack(stack, 'churn', { exceptions }) }) };
    });
    expect(whose!.own).toContain(role('platform/jobs'));
  });
});

describe('the role of', () => {
  const created = 1_790_000_000, whose = (outcome: string) => ({ outcome });
  beforeEach(() => settle({ guardrails: [{ Sid: 'DenyAll', Action: 'sagemaker:Create*' }], work: OF_CHURN }));

  test.each([['churn', CHURN, 'corrected'], ['an administrator', ADMIN, 'elsewhere']])('a processing, tuning or AutoML job is its own: %s', async (_, RoleArn, outcome) => {
    for (const [type, kind, more] of [['Processing Job', 'ProcessingJob', { RoleArn }], ['HyperParameter Tuning Job', 'HyperParameterTuningJob', { TrainingJobDefinitions: [{ RoleArn: ADMIN }, { RoleArn }] }]] as const) {
      const name = `job-${names++}`;
      work.put(`Describe${kind}`, name, { [`${kind}Arn`]: arnOf(`job/${name}`), [`${kind}Status`]: 'InProgress', CreationTime: created, ...more });
      expect(await sent(state(type, { [`${kind}Name`]: name }))).toMatchObject(whose(outcome));
    }
    const name = `automl-${names++}`;
    work.put('DescribeAutoMLJobV2', name, { AutoMLJobArn: arnOf(`automl-job/${name}`), AutoMLJobStatus: 'InProgress', CreationTime: created, RoleArn });
    expect(await sent(call('CreateAutoMLJobV2', { autoMLJobName: name }))).toMatchObject(whose(outcome));
  });

  test.each([['of churn', CHURN, 'corrected'], ['of an administrator', ADMIN, 'elsewhere'], ['that is deleted', undefined, 'elsewhere']])('a transform job is that of its model: %s', async (_, ExecutionRoleArn, outcome) => {
    const name = `transform-${names++}`;
    work.put('DescribeTransformJob', name, { TransformJobArn: arnOf(`transform-job/${name}`), TransformJobStatus: 'InProgress', CreationTime: created, ModelName: `${name}-model` });
    if (ExecutionRoleArn) work.put('DescribeModel', `${name}-model`, { ExecutionRoleArn });
    expect(await sent(state('Transform Job', { TransformJobName: name }))).toMatchObject(whose(outcome));
  });

  test.each([
    ['its model', { model: { ExecutionRoleArn: CHURN }, config: {} }, 'corrected'],
    ['its configuration, where inference components run on it', { model: {}, config: { ExecutionRoleArn: CHURN } }, 'corrected'],
    ['an administrator', { model: { ExecutionRoleArn: ADMIN }, config: {} }, 'elsewhere'],
  ])('an endpoint is that of %s', async (_, { model, config }, outcome) => {
    const name = `endpoint-${names++}`;
    work.put('DescribeEndpoint', name, { EndpointArn: arnOf(`endpoint/${name}`), EndpointConfigName: name, EndpointStatus: 'InService', CreationTime: created });
    work.put('DescribeEndpointConfig', name, { ProductionVariants: [{ VariantName: 'a', ModelName: name }], ...config });
    work.put('DescribeModel', name, model);
    expect(await sent(state('Endpoint', { EndpointName: name }))).toMatchObject(whose(outcome));
  });

  test.each([[CHURN, 'corrected'], [ADMIN, 'elsewhere']])('a notebook instance is its own: %s', async (RoleArn, outcome) => {
    const name = `notebook-${names++}`;
    work.put('DescribeNotebookInstance', name, { NotebookInstanceArn: arnOf(`notebook-instance/${name}`), NotebookInstanceStatus: 'InService', LastModifiedTime: created, RoleArn });
    expect(await sent(state('Notebook Instance', { NotebookInstanceName: name }))).toMatchObject(whose(outcome));
  });

  test.each([
    ['of its user profile', { UserProfileName: 'alice' }, { profile: CHURN, users: ADMIN }, 'corrected'],
    ['of its domain, where the profile has none', { UserProfileName: 'alice' }, { users: CHURN }, 'corrected'],
    ['of the owner of its private space', { SpaceName: 'alice', SharingType: 'Private' }, { profile: CHURN, users: ADMIN }, 'corrected'],
    ['of shared spaces', { SpaceName: 'team', SharingType: 'Shared' }, { profile: CHURN, users: CHURN, spaces: ADMIN }, 'elsewhere'],
    ['of shared spaces, which is the environment\'s', { SpaceName: 'team', SharingType: 'Shared' }, { profile: ADMIN, users: ADMIN, spaces: CHURN }, 'corrected'],
  ])('an application is that %s', async (_, { SharingType, ...of }: { UserProfileName?: string; SpaceName?: string; SharingType?: string }, roles: { profile?: string; users?: string; spaces?: string }, outcome) => {
    const domainId = `d-${names++}`;
    work.put('DescribeApp', `${domainId}/${of.SpaceName}/JupyterLab/default`, { AppArn: arnOf(`app/${domainId}/a/JupyterLab/default`), Status: 'InService', CreationTime: created });
    work.put('DescribeSpace', `${domainId}/${of.SpaceName}`, { OwnershipSettings: { OwnerUserProfileName: 'alice' }, SpaceSharingSettings: { SharingType } });
    work.put('DescribeUserProfile', `${domainId}/alice`, { UserSettings: { ExecutionRole: roles.profile } });
    work.put('DescribeDomain', domainId, { DefaultUserSettings: { ExecutionRole: roles.users }, DefaultSpaceSettings: { ExecutionRole: roles.spaces } });
    const { UserProfileName: userProfileName, SpaceName: spaceName } = of;
    expect(await sent(call('CreateApp', { domainId, userProfileName, spaceName, appType: 'JupyterLab', appName: 'default' }))).toMatchObject(whose(outcome));
  });
});
