import { spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { IncomingMessage } from 'http';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { bucketAnswer } from './buckets';
import { Accounts, Call } from './call';
import { FakeAccount } from './fake-account';
import { FakeStack } from './fake-stack';
import { jsonAnswer } from './json-services';
import { queryAnswer } from './query-services';
import { Answer, Refusal } from '../../handlers/fake-aws/answer';
import { Loopback } from '../../handlers/fake-aws/loopback';

const COMMAND = resolve(__dirname, '..', '..', '..', 'assets', 'cli', 'cdk-secure-mlops.js');
export const [HOME, STAGING, PRODUCTION, PLATFORM] = ['111111111111', '222222222222', '333333333333', '999999999999'];

/** How the command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Accounts with environments, as AWS would tell of them over HTTP. */
export class World implements Accounts {
  readonly accounts = new Map([HOME, STAGING, PRODUCTION, PLATFORM].map((id) => [id, new FakeAccount(id)]));
  calls: Call[] = [];
  /** Asked before AWS is. */
  fault: (call: Call) => Refusal | undefined;
  readonly folder = mkdtempSync(join(tmpdir(), 'clean-up-'));
  private readonly server: Loopback;

  constructor() {
    this.fault = () => undefined;
    this.server = Loopback.answering((request, body) => this.answer(request, body));
  }

  async start(): Promise<void> {
    await this.server.start();
    mkdirSync(join(this.folder, '.aws'));
    writeFileSync(join(this.folder, '.aws', 'credentials'), [...this.accounts.keys()].map((id) => `[p${id[0]}]\naws_access_key_id = ${id}\naws_secret_access_key = secret\n`).join('\n'));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answer({ method, url, headers }: IncomingMessage, body: string): Answer {
    const account = /Credential=(\d{12})\//.exec(String(headers.authorization))?.[1] ?? '';
    const target = String(headers['x-amz-target'] ?? '');
    const parameters = new URLSearchParams(body);
    const call: Call = target === '' ? { account, operation: parameters.get('Action') ?? `${method} ${url}`, input: Object.fromEntries(parameters) }
      : { account, operation: target, input: JSON.parse(body) as Record<string, unknown> };
    this.calls.push(call);
    try {
      const refusal = this.fault(call);
      if (refusal) throw refusal;
      if (target !== '') {
        const answer = jsonAnswer(this, call);
        return answer === undefined ? Answer.nothing(200) : Answer.json(answer);
      }
      return call.operation.includes('/') ? bucketAnswer(this.account(account), call.operation, body) : queryAnswer(this, call);
    } catch (error) {
      if (error instanceof Refusal && call.operation.includes('/')) return error.asS3();
      if (!(error instanceof Refusal)) return Answer.json({ __type: 'InternalFailure', message: String(error) }, 501);
      return target === '' ? error.asQuery() : error.asJson();
    }
  }

  account(id: string): FakeAccount {
    return this.accounts.get(id)!;
  }

  /** Everything that stands and is called after the environment, by account. */
  standing(environment: string): string[] {
    const ofName = new RegExp(`(^|[/:])${environment}(--|/|$)`);
    return [...this.accounts.values()].flatMap((account) => [
      ...account.stacks.filter(({ isGone, resources }) => !isGone && resources.some(({ name }) => ofName.test(name))).map(({ name }) => `stack ${name}`),
      ...account.stackSets.filter(({ name, description }) => ofName.test(name) || description.endsWith(` ${environment}`)).map(({ name }) => `stack set ${name}`),
      ...account.projects.filter(({ stack, ProjectStatus }) => ProjectStatus !== 'DeleteCompleted' && stack.options.reads?.some((name) => ofName.test(name))).map(({ ProjectName }) => `project ${ProjectName}`),
      ...[...account.kept].flatMap(([type, names]) => [...names].filter((name) => ofName.test(name)).map((name) => `${type} ${name}`)),
    ].map((what) => `${account.id}: ${what}`)).sort();
  }

  /** An environment with a project, a model in staging and in production, targets, and people at work. */
  addEnvironment(name: string): void {
    const home = this.account(HOME), staging = this.account(STAGING), production = this.account(PRODUCTION), platform = this.account(PLATFORM);
    const parameter = (path: string) => ({ type: 'AWS::SSM::Parameter', name: `/secure-mlops/${name}/${path}` });
    const environment = home.add(new FakeStack(HOME, `${name}-app`, [
      parameter('network/vpc-id'), parameter('storage/data-bucket'), parameter('studio/domain-id'),
      { type: 'AWS::SageMaker::Domain', name: `d-${name}` },
      { type: 'AWS::SageMaker::UserProfile', name: `alice|d-${name}` },
      { type: 'AWS::ServiceCatalog::CloudFormationProduct', name: `prod-${name}` },
      { type: 'AWS::S3::Bucket', name: `${name}--releases-${HOME}-eu-west-1`, keeps: true },
      { type: 'AWS::S3::BucketPolicy', name: `${name}--releases-policy`, keeps: true },
      { type: 'AWS::KMS::Key', name: `key/${name}`, keeps: true },
      { type: 'AWS::ECR::Repository', name: `${name}/releases`, keeps: true },
      { type: 'AWS::IAM::ManagedPolicy', name: `arn:aws:iam::${STAGING}:role/${name}--staging--deployment-eu-west-1` },
    ], { environment: name }));
    home.studio(`d-${name}`);
    home.aliases.set(`alias/${name}--data`, `key/${name}`);
    home.tagged.set(`arn:aws:s3:::${name}--releases-${HOME}-eu-west-1`, { environment: name, stack: environment.id });
    home.keep('AWS::SageMaker::ModelPackageGroup', `${name}--forecast-p-1`);
    home.keep('AWS::CodeCommit::Repository', `${name}--forecast-p-1`);
    const launched = home.add(new FakeStack(HOME, `SC-${HOME}-pp-${name}`, [{ type: 'AWS::CodePipeline::Pipeline', name: `${name}--forecast-p-1` }], { reads: [`/secure-mlops/${name}/network/vpc-id`] }));
    home.products.push({ Id: `pp-${name}`, Name: `forecast of ${name}`, ProductId: `prod-${name}`, stack: launched });
    home.projects.push({ ProjectName: `forecast-${name}`, ProjectStatus: 'CreateCompleted', provisioned: `pp-${name}`, stack: launched });
    const target = (account: FakeAccount, stage: string, stackName: string) => {
      const bucket = `${name}--${stage}-captures`;
      const made = [parameter(`${stage}/network/vpc-id`), parameter(`${stage}/identity/model-role-arn`), { type: 'AWS::S3::Bucket', name: bucket, keeps: true }];
      const stack = account.add(new FakeStack(account.id, stackName, made, { environment: name }));
      account.tagged.set(`arn:aws:s3:::${bucket}`, { environment: name, stack: stack.id });
      return stack;
    };
    target(staging, 'staging', `${name}-staging`);
    const placed = target(production, 'production', `StackSet-SecureMlopsTarget-${name}-production-00000000-0000-0000-0000-000000000001`);
    const endpoint = (account: FakeAccount, stage: string) => account.add(new FakeStack(
      account.id, `StackSet-${name}--${stage}--forecast-00000000-0000-0000-0000-000000000001`, [{ type: 'AWS::SageMaker::Endpoint', name: `${name}--${stage}--forecast` }],
      { reads: [`/secure-mlops/${name}/${stage}/network/vpc-id`] },
    ));
    for (const [account, stage] of [[staging, 'staging'], [production, 'production']] as const) {
      home.stackSets.push({ name: `${name}--${stage}--forecast`, description: '', template: {}, callAs: 'SELF', instances: new Map([[account.id, endpoint(account, stage)]]) });
    }
    const set = `SecureMlopsTarget-${name}-production`;
    platform.add(new FakeStack(PLATFORM, `${name}-platform`, [{ type: 'AWS::CloudFormation::StackSet', name: `${set}:1` }, { type: 'AWS::IAM::Role', name: `${name}--production--list` }]));
    platform.stackSets.push({
      name: set,
      callAs: 'SELF',
      description: `Deployment targets of the stage production of the data-science environment ${name}`,
      template: { Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: `/secure-mlops/${name}/production/network/vpc-id` } } } },
      instances: new Map([[PRODUCTION, placed]]),
    });
  }

  /** Everybody's credentials are given. */
  run(parameters: string[], environment: NodeJS.ProcessEnv = {}, typed = ''): Promise<Ended> {
    return new Promise((done) => {
      const command = spawn(process.execPath, [COMMAND, 'clean-up', ...parameters], {
        cwd: this.folder,
        env: {
          PATH: process.env.PATH,
          HOME: this.folder,
          AWS_ENDPOINT_URL: this.server.url,
          AWS_REGION: 'eu-west-1',
          AWS_PROFILE: 'p1',
          AWS_EC2_METADATA_DISABLED: 'true',
          POLL_MILLISECONDS: '1',
          ...environment,
        },
      });
      command.stdin.end(typed);
      let output = '', errors = '';
      command.stdout.on('data', (chunk: Buffer) => output += chunk.toString());
      command.stderr.on('data', (chunk: Buffer) => errors += chunk.toString());
      command.on('close', (code) => done({ code, output, errors }));
    });
  }
}

/** For every account beside the environment's. */
export const PROFILES = [STAGING, PRODUCTION, PLATFORM].flatMap((account) => ['--profile', `${account}=p${account[0]}`]);
