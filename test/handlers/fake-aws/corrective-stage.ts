import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Refusal } from './answer';
import { EmulatedAws } from './emulated-aws';
import { handler } from '../../../src/handlers/corrective';
import { Answer } from '../../../src/handlers/corrective/decide';
import { Settings } from '../../../src/handlers/corrective/settings';

export const { ACCOUNT, REGION } = EmulatedAws;
export const RECORDS = 'records';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/corrective`;
export const SUBNET = 'subnet-1', GROUP = 'sg-1', KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

export const ACTIONS = ['stop-job', 'delete-endpoint', 'delete-inference-component', 'stop-notebook', 'delete-application', 'block-public-access', 'revoke-security-group-rule'];

type Json = Record<string, unknown>;

export function arnOf(resource: string): string {
  return `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
}

/** What the template says; tests change it. */
export function settle(changes: Partial<Settings> = {}): void {
  const standard: Settings = {
    actions: ACTIONS, enforced: ACTIONS, allowList: [], maximumActionsPerHour: 100, guardrails: [], buckets: [], vpcs: [], records: RECORDS, role: ROLE, partition: 'aws', region: REGION, account: ACCOUNT,
  };
  (globalThis as { CORRECTIVE_SETTINGS?: Settings }).CORRECTIVE_SETTINGS = { ...standard, ...changes };
}

/** What is named by more than one member. */
const NAMED_BY: Record<string, string[]> = {
  DescribeApp: ['DomainId', 'SpaceName', 'AppType', 'AppName'], DescribeSpace: ['DomainId', 'SpaceName'], DescribeUserProfile: ['DomainId', 'UserProfileName'],
};

/** SageMaker, as far as it is asked: resources by the operation that describes them and their name. */
export class FakeWork {
  readonly described = new Map<string, Json>();
  readonly calls: [operation: string, input: Json][] = [];

  put(operation: string, name: string, description: Json): void {
    this.described.set(`${operation} ${name}`, description);
  }

  call(operation: string, input: Json): Json {
    this.calls.push([operation, input]);
    if (!operation.startsWith('Describe')) return {};
    const name = NAMED_BY[operation]?.map((one) => String(input[one])).join('/') ?? String(Object.values(input)[0]);
    const found = this.described.get(`${operation} ${name}`);
    if (found !== undefined) return found;
    throw /Endpoint|InferenceComponent|Notebook|Model/.test(operation)
      ? new Refusal('ValidationException', operation === 'DescribeNotebookInstance' ? 'RecordNotFound' : `Could not find "${name}".`)
      : new Refusal('ResourceNotFound', `Could not find ${name}`);
  }

  /** What was done beside looking. */
  get done(): [operation: string, input: Json][] {
    return this.calls.filter(([operation]) => !operation.startsWith('Describe'));
  }
}

/** Objects of the bucket of records, by their keys. */
export async function recordsOf({ s3 }: EmulatedAws, Prefix = 'decisions/'): Promise<Record<string, Json>> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: RECORDS, Prefix }));
  const read = async ({ Key = '' }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: RECORDS, Key }));
    return [Key, JSON.parse(await Body!.transformToString())] as [string, Json];
  };
  return Object.fromEntries(await Promise.all(Contents.map(read)));
}

export async function makeRecords({ s3 }: EmulatedAws): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: RECORDS }));
}

/** An event of SageMaker's own. */
export function state(type: string, detail: Json): Json {
  return { 'id': 'e', 'detail-type': `SageMaker ${type} State Change`, 'source': 'aws.sagemaker', detail };
}

let calls = 0;

/** An event of CloudTrail. */
export function call(eventName: string, requestParameters: Json, more: Json = {}): Json {
  return {
    'id': 'e',
    'detail-type': 'AWS API Call via CloudTrail',
    'detail': {
      eventID: `call-${calls++}`, eventName, requestParameters, userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/team/alice` }, ...more,
    },
  };
}

let invocations = 0;

/** One invocation. */
export async function sent(event: object, awsRequestId = `invocation-${invocations++}`): Promise<Answer> {
  return await handler(event, { awsRequestId }) as Answer;
}

const CREATED = 1_790_000_000;

/** A training job that keeps every guardrail, but for what is changed. */
export function trainingJob(name: string, changes: Json = {}): Json {
  return {
    TrainingJobName: name,
    TrainingJobArn: arnOf(`training-job/${name}`),
    TrainingJobStatus: 'InProgress',
    CreationTime: CREATED,
    VpcConfig: { Subnets: [SUBNET], SecurityGroupIds: [GROUP] },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30, VolumeKmsKeyId: KEY },
    OutputDataConfig: { S3OutputPath: 's3://data/out', KmsKeyId: KEY },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    EnableInterContainerTrafficEncryption: true,
    EnableNetworkIsolation: false,
    ...changes,
  };
}
