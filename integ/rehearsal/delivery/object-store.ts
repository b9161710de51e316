import { spawn } from 'child_process';
import { join } from 'path';
import { AwsApi, Credentials } from '../accounts/aws-api';
import { LocalAws } from '../local-aws';

/** Runs a program to its end; what it wrote, if it ended well. */
export function run(program: string, parameters: string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(program, parameters, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('error', failed);
    child.once('exit', (code) => (code === 0 ? done(output) : failed(new Error(output.trim().split('\n').slice(-12).join('\n')))));
  });
}

/** Where the programs are that builds expect on their machine. */
export const TOOLS = join(__dirname, 'tools');

/** Objects and archives, with somebody's credentials. */
export class ObjectStore {
  constructor(private readonly aws: LocalAws, private readonly api: AwsApi) {}

  /** What a program runs with that calls AWS with these credentials. */
  public environment(who: string | Credentials): NodeJS.ProcessEnv {
    const { key, secret, token } = typeof who === 'string' ? { key: who, secret: 'test', token: undefined } : who;
    return {
      ...this.aws.environment(key),
      PATH: `${TOOLS}:${process.env.PATH}`,
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: secret,
      ...token !== undefined && { AWS_SESSION_TOKEN: token },
      AWS_CA_BUNDLE: this.aws.certificate,
      REHEARSAL_PYTHON: this.api.python,
    };
  }

  /** A command of the AWS CLI, as whoever has these credentials. */
  public cli(who: string | Credentials, ...parameters: string[]): Promise<string> {
    return run(join(TOOLS, 'aws'), parameters, this.environment(who));
  }

  public async download(who: string | Credentials, url: string, file: string): Promise<void> {
    await this.api.call(who, 's3', 'get_object', { ...placeOf(url), SavedAs: file });
  }

  public async upload(who: Credentials, file: string, url: string, keyArn: string): Promise<void> {
    await this.api.call(who, 's3', 'put_object', { ...placeOf(url), BodyOf: file, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
  }

  public async zip(directory: string, archive: string): Promise<void> {
    await run(this.api.python, ['-m', 'zipfile', '-c', archive, '.'], { PATH: process.env.PATH }, directory);
  }

  public async unzip(archive: string, directory: string): Promise<void> {
    await run(this.api.python, ['-m', 'zipfile', '-e', archive, directory], { PATH: process.env.PATH });
  }
}

function placeOf(url: string): { Bucket: string; Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  return { Bucket, Key };
}
