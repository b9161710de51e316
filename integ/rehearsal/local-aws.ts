import { ChildProcess, spawn } from 'child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'fs';
import { request as https } from 'https';
import { join, resolve } from 'path';
import { freePort } from '../free-port';

export const REGION = 'eu-west-1';
const ROOT = resolve(__dirname, '..', '..');
const SECONDS_TO_START = 60;

/** `service.store/key` → what it holds, as text that is equal when the thing is. */
export type Inventory = Record<string, string>;

/** What CloudFormation has deployed and not deleted. */
export interface Deployed {
  readonly type: string;
  readonly ref: string;
  readonly logicalId: string | null;
  readonly stack: string;
}

/** The local AWS of `local_aws/`, as a process of its own: started on a free port, stopped by its process id. */
export class LocalAws {
  /** Starts it and waits until it answers. Logs, journal and certificate are in `folder`. */
  public static async start(python: string, folder: string): Promise<LocalAws> {
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const log = openSync(join(folder, 'server.log'), 'a');
    const server = spawn(python, ['-m', 'local_aws'], {
      cwd: __dirname,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: folder, // the certificate is made here, and functions are unpacked here
        PYTHONDONTWRITEBYTECODE: '1',
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1', // an address, so that S3 uses path style
        MINISTACK_REGION: REGION,
        AUTH: 'true', // IAM is enforced: functions act as their own role
        USE_SSL: '1', // the bootstrap bucket denies plain HTTP
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        LOG_LEVEL: 'INFO',
        NODE_PATH: join(ROOT, 'node_modules'), // the AWS SDK, which the real runtime brings along
        POLL_MILLISECONDS: '500', // how often our handlers look again; on AWS every five seconds
        REHEARSAL_JOURNAL: join(folder, 'journal.jsonl'),
      },
    });
    closeSync(log);
    const aws = new LocalAws(server, port, folder);
    await aws.untilReady();
    return aws;
  }

  public readonly endpoint: string;

  private constructor(private readonly server: ChildProcess, port: number, public readonly folder: string) {
    this.endpoint = `https://127.0.0.1:${port}`;
  }

  /** The certificate that clients must trust. */
  public get certificate(): string {
    return join(this.folder, 'ministack-tls', 'server.crt');
  }

  public get journal(): string {
    return join(this.folder, 'journal.jsonl');
  }

  public get log(): string {
    return join(this.folder, 'server.log');
  }

  /** Environment of a client: a 12-digit access key is the root user of the account of that number. */
  public environment(account: string): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.folder, // nobody's own AWS profile
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_EXTRA_CA_CERTS: this.certificate,
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    };
  }

  /** Everything that exists in an account, whoever made it. */
  public async inventory(account: string): Promise<Inventory> {
    return this.ask<Inventory>('inventory', account);
  }

  public async deployed(account: string): Promise<Deployed[]> {
    return this.ask<Deployed[]>('deployed', account);
  }

  /** The next answer of each custom resource's deletion is lost on its way, though its work is done. */
  public async loseAnswers(account: string): Promise<void> {
    await this.ask('lose-answers', account);
  }

  /** Images and model data whose endpoints do not become healthy from now on. */
  public failModels(places: string[]): Promise<void> {
    return this.tell('failing-models', places);
  }

  /** The alarms of an endpoint sound once its next update is done, as far as CloudFormation can see. */
  public alarmLate(account: string, endpoint: string): Promise<void> {
    return this.tell('late-alarms', { endpoint }, account);
  }

  /** An account joins or moves to a unit of the organization, or leaves it. */
  public place(account: string, unit?: string): Promise<void> {
    return this.tell('place', { unit }, account);
  }

  /** Becomes a role as a service would, by the role's trust policy; through an endpoint of a VPC, where the service works in one. */
  public become(
    account: string, as: { service: string; source: string; role: string; vpc?: string },
  ): Promise<{ key: string; secret: string; token: string }> {
    return this.request('become', account, JSON.stringify(as));
  }

  /** Resources of a type that stand in an account, with their properties. */
  public async resources<T>(account: string, type: string): Promise<T[]> {
    return (await this.ask<{ type: string; properties: T }[]>('properties', account)).filter((one) => one.type === type).map(({ properties }) => properties);
  }

  /** What was asked of CodePipeline since the last time: pipelines that were started, approvals that were given, stages that were rolled back. */
  public deliveries(account: string): Promise<Record<'started' | 'answered' | 'rolledBack', Record<string, string>>> {
    return this.ask('deliveries', account);
  }

  /** Actions that a role which deploys has needed so far. */
  public weighed(role: string): Promise<string[]> {
    return this.request('weighed', '000000000000', JSON.stringify({ role }));
  }

  /** What is in an object of an account, whoever asks. */
  public async object(account: string, bucket: string, key: string): Promise<Buffer> {
    return Buffer.from(await this.request<string>('object', account, JSON.stringify({ bucket, key })), 'base64');
  }

  /** Says something that no AWS API says. */
  public async tell(what: string, said: unknown, account = '000000000000'): Promise<void> {
    await this.request(what, account, JSON.stringify(said));
  }

  public async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((done) => this.server.once('exit', done));
    const hard = setTimeout(() => this.server.kill('SIGKILL'), 5_000);
    this.server.kill('SIGTERM');
    await ended;
    clearTimeout(hard);
  }

  private ask<T>(what: string, account: string): Promise<T> {
    return this.request<T>(what, account);
  }

  private request<T>(what: string, account: string, said?: string): Promise<T> {
    return request<T>(`${this.endpoint}/_rehearsal/${what}?account=${account}&region=${REGION}`, readFileSync(this.certificate), said);
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + SECONDS_TO_START * 1000;
    for (;;) {
      try {
        await this.ask('inventory', '000000000000');
        return;
      } catch (error) {
        if (this.server.exitCode !== null || Date.now() > deadline) {
          await this.stop();
          throw new Error(`The local AWS did not start: ${readFileSync(this.log, 'utf8').trim().split('\n').slice(-3).join(' | ')} (${String(error)})`);
        }
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  }
}

function request<T>(url: string, ca: Buffer, said?: string): Promise<T> {
  return new Promise((done, failed) => {
    const call = https(url, { ca, method: said === undefined ? 'GET' : 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) done(JSON.parse(body) as T);
        else failed(new Error(`${url}: ${response.statusCode} ${body.slice(0, 200)}`));
      });
    });
    call.on('error', failed);
    call.end(said);
  });
}
