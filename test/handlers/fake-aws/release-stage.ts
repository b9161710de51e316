import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Answer, page, Refusal } from './answer';
import { Call, EmulatedAws, Interception } from './emulated-aws';
import { FakeRegistry } from './fake-registry';
import { run } from '../../../src/handlers/release/run';

export const GROUP = 'churn--Fraud-p-abc';
/** As SageMaker writes it in ARNs. */
export const ARN = `arn:aws:sagemaker:eu-west-1:${EmulatedAws.ACCOUNT}:model-package/${GROUP.toLowerCase()}/3`;
export const KEY_ARN = `arn:aws:kms:eu-west-1:${EmulatedAws.ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
export const OWN_IMAGE = `${EmulatedAws.ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn`;
export const AWS_IMAGE = '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost';
const METRICS = { regression_metrics: { mse: { value: 4.94567, standard_deviation: 0.2 }, rmse: { value: 2.2 } } };

interface Container {
  Image: string;
  [more: string]: unknown;
}

/** What the model registry says of a version. */
export interface Package {
  ModelPackageArn: string;
  ModelPackageGroupName: string;
  ModelPackageVersion: number;
  ModelPackageStatus: string;
  ModelApprovalStatus: string;
  CreationTime: number;
  InferenceSpecification: { Containers: Container[] };
  [more: string]: unknown;
}

/** What came of the program. */
interface Ran {
  readonly code: number;
  readonly said: string;
  readonly failed: string;
  readonly release?: Record<string, never>;
}

/** An approved version with its artifact, payload and metrics, and buckets of its own for every test. */
export class ReleaseStage {
  private static count = 0;

  /** What meets calls before they are answered. */
  onCall: Interception;
  packages: Package[] = [];
  registry!: FakeRegistry;
  models = '';
  reports = '';
  releases = '';
  output = '';
  environment: Record<string, string> = {};

  constructor(readonly aws: EmulatedAws) {
    this.onCall = () => undefined;
  }

  async set(): Promise<void> {
    const { aws } = this;
    const n = ++ReleaseStage.count;
    [this.models, this.reports, this.releases] = ['models', 'reports', 'releases'].map((name) => `${name}-${process.pid}-${n}`);
    for (const bucket of [this.models, this.reports, this.releases]) await this.bucket(bucket);
    await this.put(this.models, 'train/run 1/output/model.tar.gz', 'the approved model');
    await this.put(this.models, 'train/sample.jsonl', '{"a": 1}');
    await this.put(this.reports, 'evaluation/statistics.json', JSON.stringify(METRICS));
    aws.reset();
    this.registry = new FakeRegistry(aws.url);
    this.registry.repository(`${EmulatedAws.ACCOUNT}/releases`);
    this.packages = [this.version(3)];
    aws.services = {
      SageMaker: (operation, input) => this.sagemaker(operation, input),
      AmazonEC2ContainerRegistry: (operation, input) => this.registry.call(operation, input),
    };
    this.layers();
    this.output = mkdtempSync(join(tmpdir(), 'release-'));
    this.environment = {
      MODEL_PACKAGE_ARN: ARN,
      MODEL_PACKAGE_GROUP_NAME: GROUP,
      MODELS_BUCKET: this.models,
      REPORTS_BUCKET: this.reports,
      RELEASES_BUCKET: this.releases,
      RELEASES_KEY_ARN: KEY_ARN,
      RELEASES_REPOSITORY: 'releases',
      RELEASE_PREFIX: 'p-abc',
      OUTPUT_DIRECTORY: this.output,
    };
  }

  /** Something happens before the n-th call of an operation is answered. */
  at(n: number, operation: string, happens: (call: Call) => unknown): void {
    let seen = 0;
    this.onCall = async (call) => {
      if (call.operation !== operation || ++seen !== n) return undefined;
      const met = await happens(call);
      return met instanceof Refusal || met instanceof Answer ? met : undefined;
    };
  }

  strike(): void {
    rmSync(this.output, { recursive: true });
  }

  async bucket(name: string, versioned = true): Promise<void> {
    await this.aws.s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    if (versioned) await this.aws.s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
  }

  async put(Bucket: string, Key: string, Body: string | Buffer): Promise<string> {
    const { VersionId } = await this.aws.s3.send(new PutObjectCommand({ Bucket, Key, Body, Tagging: 'by=training' }));
    return VersionId!;
  }

  version(number: number, status = 'Approved'): Package {
    return {
      ModelPackageArn: ARN.replace(/\d+$/, `${number}`),
      ModelPackageGroupName: GROUP,
      ModelPackageVersion: number,
      ModelPackageStatus: 'Completed',
      ModelApprovalStatus: status,
      CreationTime: Date.now() / 1000 + 1,
      InferenceSpecification: {
        Containers: [{
          Image: `${AWS_IMAGE}:1.7-1`, ImageDigest: `sha256:${'a'.repeat(64)}`, ModelDataUrl: `s3://${this.models}/train/run 1/output/model.tar.gz`, Environment: { LEVEL: '20' },
        }],
      },
      SamplePayloadUrl: `s3://${this.models}/train/sample.jsonl`,
      ModelMetrics: { ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: `s3://${this.reports}/evaluation/statistics.json` } } },
    };
  }

  get container(): Container {
    return this.packages[0].InferenceSpecification.Containers[0];
  }

  /** Runs the program; what it wrote, where it wrote something. */
  async run(changed: Record<string, string | undefined> = {}): Promise<Ran> {
    const before = process.env;
    process.env = { ...before, ...this.environment, ...changed } as NodeJS.ProcessEnv;
    const [said, failed]: string[][] = [[], []];
    try {
      const code = await run({ say: (text) => said.push(text), fail: (text) => failed.push(text) });
      return { code, said: said.join('\n'), failed: failed.join('\n'), release: code === 0 ? this.written('release.json') : undefined };
    } finally {
      process.env = before;
    }
  }

  written<T = Record<string, never>>(file: string): T {
    return JSON.parse(readFileSync(join(this.output, file), 'utf8')) as T;
  }

  private sagemaker(operation: string, input: Record<string, never>): unknown {
    const { ModelPackageName, ModelPackageGroupName, ModelApprovalStatus, NextToken } = input as Record<string, string>;
    if (operation === 'ListModelPackages') {
      const all = this.packages
        .filter((one) => one.ModelPackageGroupName === ModelPackageGroupName && one.ModelApprovalStatus === ModelApprovalStatus);
      const { items, next } = page({ name: operation, filters: [ModelPackageGroupName, ModelApprovalStatus] }, all, 2, NextToken);
      const summaries = items.map(({ ModelPackageArn, ModelPackageVersion }) => ({ ModelPackageArn, ModelPackageVersion }));
      return { ModelPackageSummaryList: summaries, NextToken: next };
    }
    const found = this.packages.find(({ ModelPackageArn }) => ModelPackageArn === ModelPackageName);
    if (!found) throw new Refusal('ValidationException', `ModelPackage ${ModelPackageName} does not exist`);
    return found;
  }

  /** Layers are downloaded from an address beside the API. */
  private layers(): void {
    this.onCall = () => undefined;
    this.aws.intercept = async (call) => {
      const met = await this.onCall(call);
      const { path } = call;
      if (met !== undefined || !path.startsWith('/layers/')) return met;
      const content = this.registry.download(path);
      return content === undefined ? new Answer(403, 'text/plain', '') : new Answer(200, 'application/octet-stream', content);
    };
  }
}
