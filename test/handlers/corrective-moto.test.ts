import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand, CreateVpcCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateEndpointCommand, CreateEndpointConfigCommand, CreateModelCommand, CreateNotebookInstanceCommand, CreateProcessingJobCommand,
  DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeNotebookInstanceCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { call, RECORDS, sent, settle, state } from './fake-aws/corrective-stage';
import { Moto } from '../oracles/emulator/moto';

/** Another make of AWS than the rehearsal's, with notebook instances, endpoints and jobs. */
const moto = new Moto();
let sagemaker: SageMakerClient, s3: S3Client, ec2: EC2Client;
const RoleArn = 'arn:aws:iam::123456789012:role/work';
const guardrails = [{ Sid: 'DenyMissingSubnets', Action: ['sagemaker:CreateProcessingJob', 'sagemaker:CreateModel'], Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } }];

beforeAll(async () => {
  await moto.start();
  Object.assign(process.env, { AWS_ENDPOINT_URL: moto.url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
  [sagemaker, s3, ec2] = [new SageMakerClient({}), new S3Client({ forcePathStyle: true }), new EC2Client({})];
  await s3.send(new CreateBucketCommand({ Bucket: RECORDS, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
}, 120_000);
afterAll(async () => {
  for (const client of [sagemaker, s3, ec2]) client.destroy();
  await moto.stop();
});
beforeEach(() => {
  settle({ guardrails, buckets: ['landing'], account: '123456789012' });
  jest.spyOn(console, 'log').mockImplementation();
});

test('a notebook instance with direct internet access is stopped', async () => {
  await sagemaker.send(new CreateNotebookInstanceCommand({ NotebookInstanceName: 'open', InstanceType: 'ml.t3.medium', RoleArn, DirectInternetAccess: 'Enabled' }));
  expect(await sent(state('Notebook Instance', { NotebookInstanceName: 'open' }))).toMatchObject({ outcome: 'corrected' });
  expect((await sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: 'open' }))).NotebookInstanceStatus).toBe('Stopped');
  expect(await sent(state('Notebook Instance', { NotebookInstanceName: 'open' }))).toMatchObject({ outcome: 'ended' });
});

test('an endpoint whose model is in no subnet is deleted, and its configuration stays', async () => {
  await sagemaker.send(new CreateModelCommand({ ModelName: 'model', ExecutionRoleArn: RoleArn, PrimaryContainer: { Image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1', ModelDataUrl: 's3://models/model.tar.gz' } }));
  await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: 'config', ProductionVariants: [{ VariantName: 'a', ModelName: 'model', InitialInstanceCount: 1, InstanceType: 'ml.m5.large' }] }));
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: 'endpoint', EndpointConfigName: 'config' }));
  const event = state('Endpoint', { EndpointName: 'endpoint' });
  expect(await sent(event)).toMatchObject({ outcome: 'corrected' });
  await expect(sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'endpoint' }))).rejects.toThrow('Could not find endpoint');
  expect(await sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: 'config' }))).toMatchObject({ EndpointConfigName: 'config' });
  expect(await sent(event)).toMatchObject({ outcome: 'gone' });
});

test('a processing job in no subnet is left alone once it has ended, as jobs of moto have', async () => {
  await sagemaker.send(new CreateProcessingJobCommand({
    ProcessingJobName: 'job', RoleArn, AppSpecification: { ImageUri: 'image' }, ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
  }));
  expect(await sent(call('CreateProcessingJob', { processingJobName: 'job' }))).toMatchObject({ outcome: 'ended' });
});

test.each([
  ['Notebook Instance', { NotebookInstanceName: 'never' }], ['Endpoint', { EndpointName: 'never' }], ['Training Job', { TrainingJobName: 'never' }], ['Transform Job', { TransformJobName: 'never' }],
  ['Processing Job', { ProcessingJobName: 'never' }], ['HyperParameter Tuning Job', { HyperParameterTuningJobName: 'never' }],
])('what has vanished is gone: %s', async (type, name) => {
  expect(await sent(state(type, name))).toMatchObject({ outcome: 'gone' });
});

test('a bucket is closed', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'landing', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  expect(await sent(call('CreateBucket', { bucketName: 'landing' }))).toMatchObject({ outcome: 'corrected' });
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket: 'landing' }));
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true,
  });
});

test('a rule that admits everybody is revoked', async () => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'group', Description: 'group', VpcId: Vpc!.VpcId }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '10.0.0.0/8' }] }] }));
  settle({ vpcs: [Vpc!.VpcId!] });
  expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId: GroupId }))).toMatchObject({ outcome: 'corrected' });
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId!] }));
  expect(SecurityGroups![0].IpPermissions!.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp))).toEqual(['10.0.0.0/8']);
}, 60_000); // moto reads all instance types first
