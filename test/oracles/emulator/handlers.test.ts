import {
  AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, DescribeSecurityGroupsCommand, EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, CreateMountTargetCommand, DescribeFileSystemsCommand, DescribeMountTargetsCommand, EFSClient } from '@aws-sdk/client-efs';
import {
  CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, ListMultipartUploadsCommand,
  ListObjectVersionsCommand, PutBucketTaggingCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { seeded } from './faults';
import { FaultyProxy } from './faulty-proxy';
import { Moto } from './moto';
import { ShippedHandler } from './shipped';

/** Handlers as they are shipped, against AWS as moto emulates it, with faults in between. */
const moto = new Moto();
const proxy = new FaultyProxy(() => moto.url);
const handlers: Record<string, ShippedHandler> = {};
let s3: S3Client, ec2: EC2Client, efs: EFSClient, ssm: SSMClient;

beforeAll(async () => {
  await Promise.all([moto.start(), proxy.start()]);
  const straight = { endpoint: moto.url, region: 'eu-west-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } };
  s3 = new S3Client({ ...straight, forcePathStyle: true });
  [ec2, efs, ssm] = [new EC2Client(straight), new EFSClient(straight), new SSMClient(straight)];
  for (const name of ['bucket-emptying', 'default-security-group', 'network-range', 'publisher', 'studio-clean-up']) handlers[name] = new ShippedHandler(name, proxy);
}, 200_000);
afterAll(async () => {
  for (const handler of Object.values(handlers)) handler.stop();
  for (const client of [s3, ec2, efs, ssm]) client.destroy();
  await Promise.all([moto.stop(), proxy.stop()]);
});
beforeEach(() => {
  proxy.fault = () => undefined;
  proxy.met = 0;
});

const SEEDS = [1, 2, 3, 4].map((seed) => [seed]);
let count = 0;
const unique = (name: string) => `${name}-${++count}`;

describe('a bucket', () => {
  const MARK = 'cdk-secure-mlops:destroy-data';
  const contentsOf = async (Bucket: string) => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    return Versions.length + DeleteMarkers.length + Uploads.length;
  };
  const made = async () => {
    const Bucket = unique('bucket');
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: MARK, Value: 'true' }] } }));
    for (const Key of ['a', 'a b/+&<ü>', 'bell\u0007', 'a/../b', 'plain/1', 'plain/2']) {
      for (const Body of ['1', '2']) await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    }
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'plain/1' }));
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'half' }));
    expect(await contentsOf(Bucket)).toBe(14);
    return Bucket;
  };
  const removal = (BucketName: string) => ({
    RequestType: 'Delete', ResourceType: 'Custom::EmptiedBucket', PhysicalResourceId: `emptied-${BucketName}`, ResourceProperties: { BucketName, OnlyIfTagged: MARK },
  });

  test.each(SEEDS)('is empty at the end, whatever its handler meets (seed %d)', async (seed) => {
    const [bucket, other] = [await made(), await made()];
    proxy.fault = seeded(seed);
    expect(await handlers['bucket-emptying'].sendUntilDone(removal(bucket))).toMatchObject({ Status: 'SUCCESS' });
    expect(proxy.met).toBeGreaterThan(0);
    expect([await contentsOf(bucket), await contentsOf(other)]).toEqual([0, 14]);
  }, 60_000);

  test('is as it was where the handler\'s credentials have expired, and that is said', async () => {
    const bucket = await made();
    proxy.fault = () => 'expired';
    expect(await handlers['bucket-emptying'].send(removal(bucket))).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(new RegExp(`^${bucket} is as it was: .*ExpiredToken: The provided token has expired`)) as unknown,
    });
    expect(await contentsOf(bucket)).toBe(14);
  }, 60_000);
});

describe('the default security group of a VPC', () => {
  const made = async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({
      Filters: [{ Name: 'vpc-id', Values: [Vpc!.VpcId!] }, { Name: 'group-name', Values: ['default'] }],
    }));
    return SecurityGroups![0].GroupId!;
  };
  const rulesOf = async (id: string) => {
    const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    return [...group.IpPermissions ?? [], ...group.IpPermissionsEgress ?? []].length;
  };
  const creation = (GroupId: string) => ({ RequestType: 'Create', ResourceType: 'Custom::ClosedDefaultSecurityGroup', ResourceProperties: { GroupId } });

  test.each(SEEDS)('is closed at the end, whatever its handler meets (seed %d)', async (seed) => {
    const id = await made();
    expect(await rulesOf(id)).toBeGreaterThan(0);
    proxy.fault = seeded(seed);
    expect(await handlers['default-security-group'].sendUntilDone(creation(id))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(await rulesOf(id)).toBe(0);
  }, 60_000);

  test('that is closed already is a success', async () => {
    const id = await made();
    for (let time = 0; time < 2; time++) expect(await handlers['default-security-group'].send(creation(id))).toMatchObject({ Status: 'SUCCESS' });
    expect(await rulesOf(id)).toBe(0);
  });

  test('that is not there is named', async () => {
    expect(await handlers['default-security-group'].send(creation('sg-0123456789abcdef0'))).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('InvalidGroup.NotFound') as unknown,
    });
  });
});

describe('a network range', () => {
  const launch = (Range: string) => handlers['network-range'].sendUntilDone({ RequestType: 'Create', ResourceType: 'Custom::NetworkRange', ResourceProperties: { Range } });
  beforeAll(async () => {
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.8.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'environment', Value: 'fraud' }] }] }));
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  });

  test.each(SEEDS)('of another environment is refused, whatever its handler meets (seed %d)', async (seed) => {
    proxy.fault = seeded(seed);
    expect(await launch('10.9.0.0/16')).toMatchObject({ Status: 'SUCCESS' });
    proxy.fault = () => undefined;
    expect(await launch('10.8.64.0/18')).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('10.8.64.0/18 overlaps 10.8.0.0/16 of the environment fraud (vpc-') as unknown,
    });
  }, 60_000);
});

describe('a published object', () => {
  const properties = (BucketName: string) => ({ BucketName, Key: 'projects/a-1.json', Content: '{"a": 1}', ContentType: 'application/json', Tags: { a: 'b' } });
  const made = async () => {
    const Bucket = unique('templates');
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    return Bucket;
  };
  const event = (RequestType: string, bucket: string) => ({
    RequestType, ResourceType: 'Custom::PublishedObject', PhysicalResourceId: `${bucket}/projects/a-1.json`, ResourceProperties: properties(bucket),
  });
  const read = async (Bucket: string) => (await s3.send(new GetObjectCommand({ Bucket, Key: 'projects/a-1.json' }))).Body!.transformToString();

  test.each(SEEDS)('is there, and gone when it is withdrawn, whatever its handler meets (seed %d)', async (seed) => {
    const bucket = await made();
    proxy.fault = seeded(seed);
    expect(await handlers.publisher.sendUntilDone(event('Create', bucket))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${bucket}/projects/a-1.json` });
    expect(await read(bucket)).toBe('{"a": 1}');
    expect(await handlers.publisher.sendUntilDone(event('Delete', bucket))).toMatchObject({ Status: 'SUCCESS' });
    await expect(read(bucket)).rejects.toThrow('The specified key does not exist');
  }, 60_000);

  test('is not there where the handler\'s credentials have expired, and that is said', async () => {
    const bucket = await made();
    proxy.fault = () => 'expired';
    expect(await handlers.publisher.send(event('Create', bucket))).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/projects/a-1.json is as it was: it could not be written (ExpiredToken: `) as unknown,
    });
  });
});

describe('what a Studio domain leaves behind', () => {
  const fileSystems = async () => ((await efs.send(new DescribeFileSystemsCommand({}))).FileSystems ?? []).map(({ FileSystemId }) => FileSystemId);
  const groups = async (VpcId: string) => (await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }))).SecurityGroups ?? [];

  /** As SageMaker makes them: a file system with a mount target, and two groups whose rules name each other. */
  const left = async (domain: string, VpcId: string, SubnetId: string) => {
    const Tags = [{ Key: 'ManagedByAmazonSageMakerResource', Value: `arn:aws:sagemaker:eu-west-1:123456789012:domain/${domain}` }];
    const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: domain, Tags }));
    await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId }));
    const [inbound, outbound] = await Promise.all(['inbound', 'outbound'].map(async (side) => (await ec2.send(new CreateSecurityGroupCommand({
      GroupName: `security-group-for-${side}-nfs-${domain}`, Description: 'NFS', VpcId,
    }))).GroupId!));
    for (const [GroupId, other] of [[inbound, outbound], [outbound, inbound]]) {
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({
        GroupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, UserIdGroupPairs: [{ GroupId: other }] }],
      }));
    }
    return FileSystemId!;
  };

  test.each(SEEDS.slice(0, 3))('is gone at the end, and nothing of anybody else, whatever the handler meets (seed %d)', async (seed) => {
    const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
    const SubnetId = (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }))).Subnet!.SubnetId!;
    const [domain, other] = [unique('d-ours'), unique('d-other')];
    const Record = `/${domain}/clean-up`;
    const properties = { DomainName: 'a', AuthMode: 'IAM', VpcId, KmsKeyId: 'k', SubnetIds: [SubnetId], HomeFileSystem: 'destroy', Record };
    const handler = handlers['studio-clean-up'];
    const send = (RequestType: string, resource: string, more: object) => handler.sendUntilDone({ RequestType, ResourceType: `Custom::${resource}`, ...more });

    proxy.fault = seeded(seed);
    const { PhysicalResourceId } = await send('Create', 'StudioDomainRemains', { ResourceProperties: properties });
    await send('Create', 'StudioDomainContents', { ResourceProperties: { DomainId: domain, Record, RemovalPolicy: 'destroy' } });
    const [ours, theirs] = [await left(domain, VpcId, SubnetId), await left(other, VpcId, SubnetId)];
    const removal = { PhysicalResourceId, ResourceProperties: properties };
    expect(await send('Delete', 'StudioDomainRemains', removal)).toMatchObject({ Status: 'SUCCESS', Reason: 'SUCCESS' });
    const gone = async () => {
      expect(await fileSystems()).not.toContain(ours);
      expect((await groups(VpcId)).filter(({ GroupName }) => GroupName!.endsWith(domain))).toEqual([]);
      expect(await fileSystems()).toContain(theirs);
      expect((await efs.send(new DescribeMountTargetsCommand({ FileSystemId: theirs }))).MountTargets).toHaveLength(1);
      expect((await groups(VpcId)).filter(({ GroupName }) => GroupName!.endsWith(other))).toHaveLength(2);
      await expect(ssm.send(new GetParameterCommand({ Name: Record }))).rejects.toThrow(/not found/);
    };
    await gone();
    // CloudFormation repeats what it has heard no answer of.
    expect(await send('Delete', 'StudioDomainRemains', removal)).toMatchObject({ Status: 'SUCCESS' });
    await gone();
  }, 60_000);
});
