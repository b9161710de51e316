import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { page, Refusal } from './answer';
import { EmulatedAws } from './emulated-aws';
import { Client, Element, listed } from '../../../src/handlers/aws/client';
import { ownCredentials } from '../../../src/handlers/aws/credentials';
import { iamOf } from '../../../src/handlers/aws/service-endpoints';
import { Ledger } from '../../../src/handlers/spending/ledger';
import { Settings } from '../../../src/handlers/spending/settings';

export const { ACCOUNT, REGION } = EmulatedAws;
export const RECORDS = 'spending-records', DOMAIN = 'd-churn', STUDIO = 'churn--studio-execution-eu-west-1', PIPELINE = 'churn--pipeline-execution-eu-west-1';
export const JOBS = `arn:aws:iam::${ACCOUNT}:role/team/churn--job-execution-eu-west-1`;
export const DENIAL = { roles: [STUDIO, PIPELINE], environment: 'SpendingDenied', persons: ['SpendingDeniedPersons1', 'SpendingDeniedPersons2'], projects: ['SpendingDeniedProjects1'] };

type Json = Record<string, unknown>;

/** One dollar an hour for an instance, whatever it is, and two for a large one. */
const PRICES = { 'ml.m5.large': 1, 'ml.m5.xlarge': 2 };
const KINDS = ['training', 'processing', 'transform', 'endpoint', 'app', 'notebook', 'cluster'];

/** What the template says; tests change it. */
export function settle(changes: Partial<Settings> = {}): void {
  const standard: Settings = {
    environment: 'churn',
    domainId: DOMAIN,
    rolePrefix: 'churn--',
    roles: [`arn:aws:iam::${ACCOUNT}:role/brought-along`],
    limits: { environment: { month: 1000 }, persons: {}, projects: {} },
    shares: [50, 80, 100],
    denial: DENIAL,
    stopsJobs: false,
    stopsApplications: false,
    prices: { perHour: { ...Object.fromEntries(KINDS.map((kind) => [kind, PRICES])), mlflow: { Small: 1 } } },
    records: RECORDS,
    region: REGION,
    account: ACCOUNT,
  };
  (globalThis as { SPENDING_SETTINGS?: Settings }).SPENDING_SETTINGS = { ...standard, ...changes };
}

export function arnOf(resource: string): string {
  return `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
}

export const profile = (name: string) => ({ Key: 'sagemaker:user-profile-arn', Value: arnOf(`user-profile/${DOMAIN}/${name}`) });
export const project = (name: string) => ({ Key: 'sagemaker:project-name', Value: name });

/** As AWS writes times. */
export const at = (time: string) => Date.parse(time) / 1000;

/** Lists: of which kind, and as which member. */
const LISTS: Record<string, [kind: string, member: string]> = {
  ListTrainingJobs: ['TrainingJob', 'TrainingJobSummaries'],
  ListProcessingJobs: ['ProcessingJob', 'ProcessingJobSummaries'],
  ListTransformJobs: ['TransformJob', 'TransformJobSummaries'],
  ListApps: ['App', 'Apps'],
  ListSpaces: ['Space', 'Spaces'],
  ListEndpoints: ['Endpoint', 'Endpoints'],
  ListNotebookInstances: ['NotebookInstance', 'NotebookInstances'],
  ListMlflowTrackingServers: ['MlflowTrackingServer', 'TrackingServerSummaries'],
  ListClusters: ['Cluster', 'ClusterSummaries'],
};

/** SageMaker, as far as the meter asks it: lists in pages of two, with the filters that they take. */
export class FakeAccount {
  readonly things = new Map<string, Json>();
  readonly tags = new Map<string, object[]>();
  readonly calls: [operation: string, input: Json][] = [];
  /** What is listed, and not there when it is described. */
  readonly vanished = new Set<string>();

  put(kind: string, name: string, description: Json, tags: object[] = []): void {
    this.things.set(`${kind} ${name}`, description);
    const arn = Object.entries(description).find(([member]) => member.endsWith('Arn') && member.startsWith(kind.replace('Mlflow', '')))?.[1];
    if (tags.length > 0) this.tags.set(String(arn), tags);
  }

  call(operation: string, input: Json): Json {
    this.calls.push([operation, input]);
    if (operation === 'ListTags') return { Tags: this.tags.get(String(input.ResourceArn)) ?? [] };
    if (operation in LISTS) return this.list(operation, input);
    if (!operation.startsWith('Describe')) return {};
    const kind = operation.slice('Describe'.length);
    const name = kind === 'App' ? [input.SpaceName ?? input.UserProfileName, input.AppType, input.AppName].join('/') : String(Object.values(input)[0]);
    const found = this.things.get(`${kind} ${name}`);
    if (found !== undefined && !this.vanished.has(name)) return found;
    throw /Endpoint|Notebook|Model/.test(kind)
      ? new Refusal('ValidationException', kind === 'NotebookInstance' ? 'RecordNotFound' : `Could not find "${name}".`)
      : new Refusal('ResourceNotFound', `Could not find ${name}`);
  }

  /** What was done beside looking. */
  get done(): [operation: string, input: Json][] {
    return this.calls.filter(([operation]) => !/^(Describe|List)/.test(operation));
  }

  private list(operation: string, { NextToken, MaxResults: _, ...filters }: Json): Json {
    const [kind, member] = LISTS[operation];
    const all = [...this.things].filter(([key]) => key.startsWith(`${kind} `)).map(([, thing]) => thing).filter((thing) => Object.entries(filters).every(([filter, value]) => {
      if (filter === 'StatusEquals') return thing[`${kind}Status`] === value;
      if (filter === 'LastModifiedTimeAfter') return Number(thing.LastModifiedTime) > Number(value);
      if (filter === 'WarmPoolStatusEquals') return (thing.WarmPoolStatus as Json | undefined)?.Status === value;
      if (filter === 'DomainIdEquals') return thing.DomainId === value;
      throw new Refusal('ValidationException', `${operation} has no filter ${filter}`);
    }));
    const { items, next } = page({ name: operation, filters }, all, 2, NextToken as string | undefined);
    return { [member]: items, NextToken: next };
  }
}

/** A training job that has run since ten, and does. */
export function trainingJob(name: string, changes: Json = {}): Json {
  return {
    TrainingJobName: name,
    TrainingJobArn: arnOf(`training-job/${name}`),
    TrainingJobStatus: 'InProgress',
    RoleArn: JOBS,
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
    CreationTime: at('2026-11-15T09:58:00Z'),
    TrainingStartTime: at('2026-11-15T10:00:00Z'),
    LastModifiedTime: at('2026-11-15T10:00:00Z'),
    ...changes,
  };
}

/** An application in a private space of alice's since ten. */
export function application(space: string, changes: Json = {}): [kind: string, name: string, description: Json] {
  return ['App', `${space}/JupyterLab/default`, {
    DomainId: DOMAIN,
    SpaceName: space,
    AppType: 'JupyterLab',
    AppName: 'default',
    Status: 'InService',
    CreationTime: at('2026-11-15T10:00:00Z'),
    ResourceSpec: { InstanceType: 'ml.m5.large' },
    ...changes,
  }];
}

export function studioSpace(name: string, owner: string, sharing = 'Private'): [kind: string, name: string, description: Json] {
  return ['Space', name, { DomainId: DOMAIN, SpaceName: name, OwnershipSettingsSummary: { OwnerUserProfileName: owner }, SpaceSharingSettingsSummary: { SharingType: sharing } }];
}

/** A ledger that counts through a time. */
export function ledger(through: string, changes: Partial<Ledger> = {}): Ledger {
  return { month: through.slice(0, 7), through, total: 0, byKind: {}, byPerson: {}, byProject: {}, days: {}, unpriced: {}, told: {}, ...changes };
}

/** What is written down between two meterings, and what roles bear: as AWS has them. */
export class Written {
  constructor(private readonly aws: EmulatedAws) {}

  async make(): Promise<void> {
    await this.aws.s3.send(new CreateBucketCommand({ Bucket: RECORDS }));
    for (const RoleName of DENIAL.roles) await this.iam.query('2010-05-08', 'CreateRole', { RoleName, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' });
  }

  async clear(): Promise<void> {
    for (const Key of Object.keys(await this.all())) await this.aws.s3.send(new DeleteObjectCommand({ Bucket: RECORDS, Key }));
    for (const RoleName of DENIAL.roles) {
      const keys = Object.keys(await this.tagsOf(RoleName));
      if (keys.length > 0) await this.iam.query('2010-05-08', 'UntagRole', { RoleName, ...Object.fromEntries(keys.map((key, index) => [`TagKeys.member.${index + 1}`, key])) });
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.aws.s3.send(new PutObjectCommand({ Bucket: RECORDS, Key: key, Body: typeof value === 'string' ? value : JSON.stringify(value) }));
  }

  async all(): Promise<Record<string, Json>> {
    const { Contents = [] } = await this.aws.s3.send(new ListObjectsV2Command({ Bucket: RECORDS }));
    const read = async ({ Key = '' }) => {
      const { Body } = await this.aws.s3.send(new GetObjectCommand({ Bucket: RECORDS, Key }));
      const text = await Body!.transformToString();
      return [Key, text.startsWith('{') ? JSON.parse(text) as Json : { text }] as [string, Json];
    };
    return Object.fromEntries(await Promise.all(Contents.map(read)));
  }

  async ledger(month = '2026-11'): Promise<Ledger> {
    return (await this.all())[`ledger/${month}.json`] as unknown as Ledger;
  }

  async tagsOf(RoleName: string): Promise<Record<string, string>> {
    const { Tags } = await this.iam.query('2010-05-08', 'ListRoleTags', { RoleName });
    return Object.fromEntries(listed(Tags as Element | undefined).map(({ Key, Value }) => [String(Key), String(Value)]));
  }

  async tag(RoleName: string, Key: string, Value: string): Promise<void> {
    await this.iam.query('2010-05-08', 'TagRole', { RoleName, 'Tags.member.1.Key': Key, 'Tags.member.1.Value': Value });
  }

  private get iam(): Client {
    return new Client(iamOf(REGION), ownCredentials());
  }
}
