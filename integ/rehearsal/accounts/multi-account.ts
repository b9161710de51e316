import { setTimeout as sleep } from 'timers/promises';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Launches } from './launches';
import { FIRST as DATA_SCIENCE, NEWCOMER, ORGANIZATION, PLATFORM, PRODUCTION, STAGING, UNIT } from './organization';
import { StackSetUser } from './stack-sets';
import { AccountsVariant, Scene } from './variants';
import { DataScienceStack } from '../../apps/multi-account/data-science-stack';
import { EndpointsStack } from '../../apps/multi-account/endpoints-stack';
import { PlatformStack } from '../../apps/multi-account/platform-stack';
import { StagingStack } from '../../apps/multi-account/staging-stack';
import { Step } from '../changes';

const REGION = 'eu-west-1';
const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}-${REGION}`;
const model = (version: number) => `s3://churn--releases-${DATA_SCIENCE}-${REGION}/forecast/${version}/model.tar.gz`;

/**
 * The app of several accounts: targets placed by hand and by a stack set of the organization, a model deployed to both
 * through the role chain, and everything taken away again.
 */
export function multiAccount(): AccountsVariant {
  const launches = new Launches(DATA_SCIENCE, { staging: STAGING, production: PRODUCTION });
  return {
    name: 'multi-account',
    proves: 'targets stand in listed accounts and in units; models go to both through the role chain, by projects of either delivery as well, bad ones are taken back; nothing is left',
    accounts: [DATA_SCIENCE, STAGING, PRODUCTION, NEWCOMER, PLATFORM],
    organization: ORGANIZATION,
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const removalPolicy = RemovalPolicy.DESTROY;
      const version = step === Step.FIRST ? 1 : 2;
      const { churn: environment, ...made } = new DataScienceStack(app, 'DataScience', { ...of(DATA_SCIENCE), staging: STAGING, platform: PLATFORM, removalPolicy });
      launches.offer(environment, step);
      const staging = new StagingStack(app, 'Staging', { ...of(STAGING), environment, stage: made.staging, removalPolicy });
      const platform = new PlatformStack(app, 'Platform', { ...of(PLATFORM), environment, stage: made.production, removalPolicy });
      new EndpointsStack(app, 'StagingEndpoints', { ...of(DATA_SCIENCE), environment, stage: made.staging, version }).addDependency(staging);
      new EndpointsStack(app, 'ProductionEndpoints', { ...of(DATA_SCIENCE), environment, stage: made.production, version, accounts: [PRODUCTION] })
        .addDependency(platform);
    },
    change: true,
    // People's code and the record of versions outlive their projects.
    keeps: { [DATA_SCIENCE]: [...Array.from({ length: 3 }, () => /^AWS::CodeCommit::Repository\//), /^AWS::SageMaker::ModelPackageGroup\//] },
    acts: [
      ...launches.acts,
      { name: 'the model runs in both accounts', play: modelRuns },
      { name: 'only the link before', play: onlyTheLinkBefore },
      { name: 'a model that does not start is taken back', play: badModelIsTakenBack },
      { name: 'an account joins the unit and leaves it', play: accountJoins },
    ],
  };
}

async function modelRuns({ api }: Scene): Promise<void> {
  for (const [account, stage] of [[STAGING, 'staging'], [PRODUCTION, 'production']]) {
    const { EndpointStatus } = await api.call<{ EndpointStatus: string }>(account, 'sagemaker', 'describe_endpoint', { EndpointName: `churn--${stage}--forecast` });
    if (EndpointStatus !== 'InService') throw new Error(`the endpoint in ${account} is ${EndpointStatus}`);
    const { Models } = await api.call<{ Models: { ModelName: string }[] }>(account, 'sagemaker', 'list_models');
    const { PrimaryContainer } = await api.call<{ PrimaryContainer: { ModelDataUrl: string } }>(account, 'sagemaker', 'describe_model', { ModelName: Models[0].ModelName });
    if (Models.length !== 1 || PrimaryContainer.ModelDataUrl !== model(2)) throw new Error(`${Models.length} models in ${account}, of ${PrimaryContainer.ModelDataUrl}`);
  }
}

async function onlyTheLinkBefore({ api }: Scene): Promise<void> {
  for (const caller of [DATA_SCIENCE, STAGING, PRODUCTION, PLATFORM]) {
    await api.refused('AccessDenied', api.assume(caller, role(STAGING, 'churn--staging--deployment')));
    await api.refused('AccessDenied', api.assume(caller, role(PRODUCTION, 'churn--production--test')));
    await api.refused('AccessDenied', api.assume(caller, role(DATA_SCIENCE, 'churn--stack-set-administrator')));
  }
}

async function badModelIsTakenBack(scene: Scene): Promise<void> {
  const { aws, api } = scene;
  const name = 'churn--staging--forecast';
  const { StackSet } = await api.call<{ StackSet: { TemplateBody: string; Parameters: { ParameterKey: string; ParameterValue: string }[] } }>(
    DATA_SCIENCE, 'cloudformation', 'describe_stack_set', { StackSetName: name });
  const stackSet = new StackSetUser(api, DATA_SCIENCE, name);
  const update = (version: number) => stackSet.update(JSON.parse(StackSet.TemplateBody), {
    Parameters: StackSet.Parameters.map((one) => (one.ParameterKey === 'ModelDataUrl' ? { ...one, ParameterValue: model(version) } : one)),
    AdministrationRoleARN: role(DATA_SCIENCE, 'churn--stack-set-administrator'),
    ExecutionRoleName: `churn--staging--deployment-${REGION}`,
  });
  await aws.failModels([model(3)]);
  const failed = await update(3);
  if (failed.Status !== 'FAILED') throw new Error(`the update was to fail: ${failed.Status}`);
  await modelRuns(scene);
  await aws.failModels([]);
  const back = await update(2);
  if (back.Status !== 'SUCCEEDED') throw new Error(`the way back: ${back.Status} ${back.StatusReason}`);
}

async function accountJoins({ aws, api }: Scene): Promise<void> {
  const registered = async () => {
    const { Parameters } = await api.call<{ Parameters: unknown[] }>(NEWCOMER, 'ssm', 'get_parameters', { Names: ['/secure-mlops/churn/production/identity/model-role-arn'] });
    return Parameters.length === 1;
  };
  await aws.place(NEWCOMER, UNIT);
  await until(registered, 'the newcomer is a target');
  await aws.place(NEWCOMER);
  await until(async () => !await registered(), 'the newcomer is none any more');
  await until(async () => {
    const { Summaries } = await api.call<{ Summaries: unknown[] }>(PLATFORM, 'cloudformation', 'list_stack_instances', { StackSetName: `SecureMlopsTarget-churn-production-${REGION}` });
    return Summaries.length === 1;
  }, 'the stack set knows of it');
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (await holds()) return;
    await sleep(200);
  }
  throw new Error(`not true after a while: ${what}`);
}
