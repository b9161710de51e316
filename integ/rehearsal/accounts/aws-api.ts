import { ChildProcess, spawn } from 'child_process';
import { resolve } from 'path';
import { createInterface } from 'readline';
import { LocalAws } from '../local-aws';

/** With what an API is called. */
export interface Credentials {
  readonly key: string;
  readonly secret: string;
  readonly token?: string;
}

/** What an API has refused. */
export class ApiError extends Error {
  constructor(public readonly code: string, message: string) {
    super(message);
  }
}

type Reply = { id: number; answer?: unknown; error?: { code: string; message: string } };

/** Any AWS API by its operation's name in Python (`create_stack_set`); lists come whole, whatever their pages. */
export class AwsApi {
  /** The APIs of a local AWS. */
  public static of(python: string, aws: LocalAws): AwsApi {
    return new AwsApi(python, { ...aws.environment('000000000000'), AWS_CA_BUNDLE: aws.certificate });
  }

  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, { done: (answer: unknown) => void; failed: (error: Error) => void }>();
  private asked = 0;

  /**
   * @param python an interpreter that has botocore
   * @param environment where AWS is, and the credentials of whoever calls without saying who
   */
  constructor(public readonly python: string, environment: NodeJS.ProcessEnv) {
    this.process = spawn(python, ['-B', '-m', 'local_aws.ask'], { cwd: resolve(__dirname, '..'), stdio: ['pipe', 'pipe', 'inherit'], env: environment });
    createInterface({ input: this.process.stdout! }).on('line', (line) => this.answered(JSON.parse(line) as Reply));
    this.process.on('exit', () => this.waiting.forEach(({ failed }) => failed(new Error('the process that calls AWS has ended'))));
  }

  /**
   * Calls an operation.
   *
   * @param who an account, whose root user calls, credentials, or nobody: then the environment says whose they are
   */
  public call<T = Record<string, never>>(
    who: string | Credentials | undefined, service: string, operation: string, parameters: object = {},
  ): Promise<T> {
    const id = ++this.asked;
    const credentials = typeof who === 'string' ? { key: who, secret: 'test' } : who;
    return new Promise<T>((done, failed) => {
      this.waiting.set(id, { done: (answer) => done(answer as T), failed });
      this.process.stdin!.write(`${JSON.stringify({ id, service, operation, parameters, credentials })}\n`);
    });
  }

  /** Becomes a role, and from there the next one: the last one's credentials. */
  public assume(who: string | Credentials, ...chain: string[]): Promise<Credentials> {
    return this.assumeAs('rehearsal', who, ...chain);
  }

  /** The same with a name of the session. */
  public async assumeAs(RoleSessionName: string, who: string | Credentials, ...chain: string[]): Promise<Credentials> {
    let current = who;
    for (const RoleArn of chain) {
      const { Credentials: given } = await this.call<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>(
        current, 'sts', 'assume_role', { RoleArn, RoleSessionName });
      current = { key: given.AccessKeyId, secret: given.SecretAccessKey, token: given.SessionToken };
    }
    return current as Credentials;
  }

  /** What must be refused, with this in the error's code or message. */
  public async refused(reason: string, call: Promise<unknown>): Promise<void> {
    let error: unknown;
    try {
      await call;
    } catch (caught) {
      error = caught;
    }
    if (error === undefined) throw new Error(`succeeded, though it was to be refused with ${reason}`);
    if (!(error instanceof ApiError) || !`${error.code} ${error.message}`.includes(reason)) throw error;
  }

  public stop(): void {
    this.process.stdin!.end();
  }

  private answered({ id, answer, error }: Reply): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.failed(new ApiError(error.code, error.message));
    else waiting?.done(answer);
  }
}
