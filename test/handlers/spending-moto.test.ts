import {
  AddTagsCommand, CreateEndpointCommand, CreateEndpointConfigCommand, CreateModelCommand, CreateNotebookInstanceCommand,
  CreateProcessingJobCommand, CreateTrainingJobCommand, DescribeNotebookInstanceCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { DENIAL, settle } from './fake-aws/spending-stage';
import { Client, Element, listed } from '../../src/handlers/aws/client';
import { ownCredentials } from '../../src/handlers/aws/credentials';
import { iamOf } from '../../src/handlers/aws/service-endpoints';
import { deny } from '../../src/handlers/spending/denial';
import { Use } from '../../src/handlers/spending/use';
import { processingJobs, trainingJobs } from '../../src/handlers/spending/uses/jobs';
import { Owners } from '../../src/handlers/spending/uses/owners';
import { endpoints } from '../../src/handlers/spending/uses/services';
import { notebookInstances } from '../../src/handlers/spending/uses/workplaces';
import { Moto } from '../oracles/emulator/moto';

/** Another make of AWS, with notebook instances, endpoints, jobs and roles. */
const moto = new Moto();
const OURS = 'arn:aws:iam::123456789012:role/churn--job-execution-eu-west-1', THEIRS = 'arn:aws:iam::123456789012:role/other--job-execution-eu-west-1';
const PROFILE = { Key: 'sagemaker:user-profile-arn', Value: 'arn:aws:sagemaker:eu-west-1:123456789012:user-profile/d-1/alice' };
let sagemaker: SageMakerClient;

beforeAll(async () => {
  await moto.start();
  Object.assign(process.env, { AWS_ENDPOINT_URL: moto.url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
  sagemaker = new SageMakerClient({});
}, 120_000);
afterAll(async () => {
  sagemaker.destroy();
  await moto.stop();
});
beforeEach(() => settle());
jest.setTimeout(60_000);

const brief = (uses: Use[]) => uses.map(({ kind, type, count, person }) => [kind, type, count, person]);

test('notebook instances of the environment, and how one is stopped', async () => {
  for (const [NotebookInstanceName, RoleArn] of [['ours', OURS], ['theirs', THEIRS]]) {
    await sagemaker.send(new CreateNotebookInstanceCommand({ NotebookInstanceName, InstanceType: 'ml.t3.medium', RoleArn, Tags: [PROFILE] }));
  }
  const uses = await notebookInstances(new Owners());
  expect(brief(uses)).toEqual([['notebook', 'ml.t3.medium', 1, 'alice']]);
  await uses[0].stop!.call();
  expect((await sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: 'ours' }))).NotebookInstanceStatus).toBe('Stopped');
  expect(await notebookInstances(new Owners())).toEqual([]);
});

test('endpoints by the role of their model', async () => {
  for (const [name, ExecutionRoleArn] of [['ours', OURS], ['theirs', THEIRS]]) {
    await sagemaker.send(new CreateModelCommand({ ModelName: name, ExecutionRoleArn, PrimaryContainer: { Image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1', ModelDataUrl: 's3://models/model.tar.gz' } }));
    await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [{ VariantName: 'a', ModelName: name, InitialInstanceCount: 2, InstanceType: 'ml.m5.large' }] }));
    await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  }
  expect(brief(await endpoints(new Owners()))).toEqual([['endpoint', 'ml.m5.large', 2, undefined]]);
});

test('jobs that have ended, with their times and tags', async () => {
  const { TrainingJobArn } = await sagemaker.send(new CreateTrainingJobCommand({
    TrainingJobName: 'ours', RoleArn: OURS, AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: 'image' }, OutputDataConfig: { S3OutputPath: 's3://data' }, ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 3, VolumeSizeInGB: 30 }, StoppingCondition: { MaxRuntimeInSeconds: 60 },
  }));
  await sagemaker.send(new AddTagsCommand({ ResourceArn: TrainingJobArn, Tags: [PROFILE] }));
  await sagemaker.send(new CreateProcessingJobCommand({
    ProcessingJobName: 'theirs', RoleArn: THEIRS, AppSpecification: { ImageUri: 'image' }, ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
  }));
  const [use, ...others] = await trainingJobs(new Owners(), new Date(0));
  expect([brief([use]), others, use.stop]).toEqual([[['training', 'ml.m5.large', 3, 'alice']], [], undefined]);
  expect(use.end).toBeGreaterThanOrEqual(use.start);
  expect(await processingJobs(new Owners(), new Date(0))).toEqual([]);
});

test('tags of roles, which come and go', async () => {
  const iam = new Client(iamOf('eu-west-1'), ownCredentials()), [RoleName] = DENIAL.roles;
  await iam.query('2010-05-08', 'CreateRole', { RoleName, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' });
  const tags = async () => {
    const { Tags } = await iam.query('2010-05-08', 'ListRoleTags', { RoleName });
    return listed(Tags as Element | undefined).map(({ Key, Value }) => [String(Key), String(Value)]);
  };
  const one = { ...DENIAL, roles: [RoleName] };
  await deny(one, { SpendingDenied: 'until 2026-12-01', SpendingDeniedPersons1: '/alice/bob/' }, { region: 'eu-west-1' });
  expect(await tags()).toEqual([['SpendingDenied', 'until 2026-12-01'], ['SpendingDeniedPersons1', '/alice/bob/']]);
  await deny(one, { SpendingDenied: undefined, SpendingDeniedPersons1: '/bob/' }, { region: 'eu-west-1' });
  expect(await tags()).toEqual([['SpendingDeniedPersons1', '/bob/']]);
});
