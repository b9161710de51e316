import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import { join } from 'path';
import { createInterface } from 'readline';
import { FaultyProxy } from './faulty-proxy';
import { Told } from '../../handlers/fake-aws/stack-event';

const HANDLERS = join(__dirname, '..', '..', '..', 'assets', 'handlers');
/** As Lambda does it: one function for one event after the other, in a process that stays warm. */
const LAMBDA = `
const { handler } = require(process.argv[1]);
require('readline').createInterface({ input: process.stdin }).on('line', async (line) => {
  const { event, milliseconds } = JSON.parse(line);
  const end = Date.now() + milliseconds;
  await handler(event, { getRemainingTimeInMillis: () => end - Date.now(), logStreamName: 'log-stream' }).catch((error) => console.error(error));
  console.log('over');
});`;

/** What a process needs to find AWS; the time-outs are short, so that hanging connections are soon given up. */
export function environmentOf(proxy: FaultyProxy): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: proxy.url,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    POLL_MILLISECONDS: '20',
    CALL_MILLISECONDS: '700',
    AWS_JS_SDK_VERSION_WARNING: 'off',
    NODE_NO_WARNINGS: '1',
  };
}

/** A handler as it is shipped. */
export class ShippedHandler {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor(name: string, private readonly proxy: FaultyProxy) {
    this.child = spawn(process.execPath, ['-e', LAMBDA, join(HANDLERS, `${name}.js`)], { env: environmentOf(proxy), cwd: join(HANDLERS, '..', '..') });
    this.child.stderr.resume();
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Sends an event as CloudFormation does, and answers what CloudFormation was told. */
  async send(event: Record<string, unknown>, milliseconds = 100_000): Promise<Told> {
    const before = this.proxy.answers.length;
    const whole = { ServiceToken: 'token', ResponseURL: `${this.proxy.url}/answer-box`, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Resource', ...event };
    this.child.stdin.write(`${JSON.stringify({ event: whole, milliseconds })}\n`);
    for (let line = await this.lines.next(); !line.done && line.value !== 'over';) line = await this.lines.next();
    const told = this.proxy.answers.slice(before);
    if (told.length !== 1) throw new Error(`CloudFormation was answered ${told.length} times`);
    return told[0] as unknown as Told;
  }

  /** As people do with what has failed: the same once more. */
  async sendUntilDone(event: Record<string, unknown>, times = 3): Promise<Told> {
    for (let time = 1; ; time++) {
      const told = await this.send(event);
      if (told.Status === 'SUCCESS' || time === times) return told;
    }
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

/** What came of a program. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program of a build step as it is shipped, run once. */
export function runProgram(name: string, proxy: FaultyProxy, variables: Record<string, string>, cwd: string): Promise<Ran> {
  const child = spawn(process.execPath, [join(HANDLERS, `${name}.js`)], { env: { ...environmentOf(proxy), ...variables }, cwd });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { err += data.toString(); });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}
