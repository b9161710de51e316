import { createHash } from 'crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './answer';
import { Call, EmulatedAws, Interception } from './emulated-aws';
import { FakeRegistry } from './fake-registry';
import { FakeSts } from './fake-sts';
import { run } from '../../../src/handlers/promotion/run';

export const STAGING = ['222222222222', '333333333333'];
export const GROUP = 'churn--staging--forecast';
const FOLDER = 'p-abc/churn--Fraud-p-abc/3/v1';
const SOURCE = `arn:aws:sagemaker:eu-west-1:${EmulatedAws.ACCOUNT}:model-package/churn--fraud-p-abc/3`;

interface Registered {
  ModelPackageArn: string;
  ClientToken: string;
  [more: string]: unknown;
}

/** A release, and accounts that are ready for copies of it; buckets of its own for every test. */
export class PromotionStage {
  private static count = 0;

  onCall: Interception;
  registry!: FakeRegistry;
  sts!: FakeSts;
  /** By the account of the caller's session. */
  groups = new Map<string, object>();
  versions = new Map<string, Registered[]>();
  /** Who asked S3 for what, and whose the bucket had to be. */
  objectCalls: (Call & { owner?: string; caller: string })[] = [];
  releases = '';
  release: Record<string, unknown> = {};
  digest = '';
  folder = '';

  private suffix = '';

  constructor(readonly aws: EmulatedAws) {
    this.onCall = () => undefined;
  }

  async set(): Promise<void> {
    const { aws } = this;
    this.suffix = `${process.pid}-${++PromotionStage.count}`;
    this.releases = `releases-${this.suffix}`;
    for (const bucket of [this.releases, ...STAGING.map((account) => this.bucketOf(account))]) {
      await aws.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
      await aws.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    }
    aws.reset();
    this.registry = new FakeRegistry(aws.url);
    this.digest = this.registry.push(`${EmulatedAws.ACCOUNT}/churn/releases`, 'forecast-3', [Buffer.from('a layer'), Buffer.from('another layer')]);
    for (const account of STAGING) this.registry.repository(`${account}/churn/staging/releases`);
    this.sts = new FakeSts();
    for (const account of STAGING) this.sts.roles.set(`arn:aws:iam::${account}:role/team/churn--staging--promotion-eu-west-1`, undefined);
    [this.groups, this.versions, this.objectCalls, this.onCall] = [new Map(), new Map(), [], () => undefined];
    aws.services = {
      AmazonEC2ContainerRegistry: (operation, input) => this.registry.call(operation, input),
    };
    aws.intercept = async (call) => {
      const met = await this.onCall(call);
      if (met !== undefined) return met;
      // To the emulator, all buckets are of one account: the environment's.
      const { 'x-amz-expected-bucket-owner': owner, authorization = '' } = call.headers;
      if (!/\.|AssumeRole/.test(call.operation) && !call.path.startsWith('/layers/')) this.objectCalls.push({ ...call, owner, caller: callerOf(authorization) });
      if (owner !== undefined) {
        delete call.headers['x-amz-expected-bucket-owner'];
        call.headers.authorization = authorization.replace(`session-${owner}`, EmulatedAws.ACCOUNT);
      }
      if (call.headers.range !== undefined) return this.part(call);
      if (call.operation === 'AssumeRole') return this.sts.call(new URLSearchParams(call.body.toString())).catch((error: unknown) => (error as Refusal).asQuery());
      if (call.path.startsWith('/layers/')) {
        return new Answer(200, 'application/octet-stream', this.registry.download(call.path)!);
      }
      const [service, operation] = call.operation.split('.');
      if (service !== 'SageMaker') return undefined;
      return Answer.json(this.sagemaker(operation, callerOf(call.headers.authorization), JSON.parse(call.body.toString()) as Record<string, string>));
    };
    const artifact = await this.released('model.tar.gz', 'the approved model');
    this.folder = mkdtempSync(join(tmpdir(), 'promotion-'));
    this.release = {
      modelPackageArn: SOURCE,
      modelPackageGroupName: 'churn--Fraud-p-abc',
      modelPackageVersion: 3,
      image: `${EmulatedAws.ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn/releases@${this.digest}`,
      artifact,
      environment: { LEVEL: '20' },
      files: { 'metrics/model-quality-statistics': await this.released('metrics/model-quality-statistics.json', '{"mse": 4.9}') },
      properties: { 'git-commit': 'abc', 'odd': 'not {allowed}' },
    };
  }

  bucketOf(account: string): string {
    return `churn--staging--${account}-${this.suffix}`;
  }

  strike(): void {
    rmSync(this.folder, { recursive: true });
  }

  async released(name: string, Body: string | Buffer) {
    const key = `${FOLDER}/${name}`;
    const { VersionId } = await this.aws.s3.send(new PutObjectCommand({ Bucket: this.releases, Key: key, Body }));
    return { bucket: this.releases, key, versionId: VersionId!, size: Body.length, sha256: createHash('sha256').update(Body).digest('hex') };
  }

  async run(changed: Record<string, string | undefined> = {}, accounts: unknown = STAGING) {
    const write = (name: string, content: unknown) => {
      writeFileSync(join(this.folder, name), JSON.stringify(content));
      return join(this.folder, name);
    };
    const before = process.env;
    const promotion = { role: 'team/churn--staging--promotion-eu-west-1', bucket: this.bucketOf('{account}'), repository: 'churn/staging/releases' };
    process.env = {
      ...before,
      STAGE: 'staging',
      RELEASES_BUCKET: this.releases,
      RELEASES_REPOSITORY: 'churn/releases',
      MODEL_PACKAGE_GROUP_NAME: GROUP,
      RELEASE_FILE: write('release.json', this.release),
      ACCOUNTS_FILE: write('accounts.json', accounts),
      STAGE_FILE: write('stage-staging.json', { promotion }),
      PIPELINE_EXECUTION: '0f0e-1',
      ...changed,
    } as NodeJS.ProcessEnv;
    const [said, failed]: string[][] = [[], []];
    try {
      const code = await run({ say: (text) => said.push(text), fail: (text) => failed.push(text) });
      return { code, said: said.join('\n'), failed: failed.join('\n') };
    } finally {
      process.env = before;
    }
  }

  async copy(account: string, name = 'model.tar.gz') {
    const object = { Bucket: this.bucketOf(account), Key: `${FOLDER}/${name}` };
    const { Metadata } = await this.aws.s3.send(new HeadObjectCommand(object));
    return { text: await (await this.aws.s3.send(new GetObjectCommand(object))).Body!.transformToString(), metadata: Metadata };
  }

  async objectsOf(account: string): Promise<number> {
    return ((await this.aws.s3.send(new ListObjectVersionsCommand({ Bucket: this.bucketOf(account) }))).Versions ?? []).length;
  }

  /** The emulator gives a version as a whole, whatever range is asked for. */
  private async part({ path, query, headers }: Call): Promise<Answer> {
    const [, bucket, ...key] = decodeURIComponent(path).split('/');
    const [from, to] = headers.range!.replace('bytes=', '').split('-').map(Number);
    const { Body } = await this.aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key.join('/'), VersionId: query.get('versionId')! }));
    return new Answer(206, 'application/gzip', Buffer.from(await Body!.transformToByteArray()).subarray(from, to + 1));
  }

  private sagemaker(operation: string, account: string, input: Record<string, string>): unknown {
    const { ModelPackageGroupName: group } = input;
    const versions = this.versions.get(account) ?? [];
    switch (operation) {
      case 'DescribeModelPackageGroup':
        if (!this.groups.has(account)) throw new Refusal('ValidationException', `ModelPackageGroup ${group} does not exist.`);
        return this.groups.get(account);
      case 'CreateModelPackageGroup': this.groups.set(account, input); return {};
      case 'ListModelPackages': return { ModelPackageSummaryList: versions };
      case 'CreateModelPackage': {
        const known = versions.find(({ ClientToken }) => ClientToken === input.ClientToken);
        const made = known ?? { ...(input as unknown as Registered), ModelPackageArn: `arn:aws:sagemaker:eu-west-1:${account}:model-package/${group}/${versions.length + 1}` };
        if (!known) this.versions.set(account, [...versions, made]);
        return { ModelPackageArn: made.ModelPackageArn };
      }
      default: throw new Refusal('UnknownOperationException', operation);
    }
  }
}

/** The account of whose session signed a call; the build's own is that of the environment. */
export function callerOf(authorization = ''): string {
  const [, key] = /Credential=(?:session-)?([^/]+)\//.exec(authorization) ?? [];
  return key;
}
