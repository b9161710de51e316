import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { IncomingMessage, request as http, ServerResponse } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './answer';
import { Loopback } from './loopback';
import { freePort } from '../../../integ/free-port';
import { sharedPython } from '../../python/shared-python';

/** One call of a handler or program, before AWS sees it. */
export interface Call {
  /** Such as `PutObject` or `SageMaker.DescribeModelPackage`. */
  readonly operation: string;
  readonly headers: Record<string, string | undefined>;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What becomes of a call: a refusal, another answer, or nothing, and then AWS answers. May change AWS meanwhile. */
export type Interception = (call: Call) => Refusal | Answer | undefined | Promise<Refusal | Answer | undefined>;

/** A service that the emulator lacks. */
export type FakeService = (operation: string, input: Record<string, never>) => unknown;

/**
 * S3 as the emulator of the rehearsal does it, by HTTP and with faults in between; beside it fakes of services that the
 * emulator lacks, and CloudFormation's answer box.
 */
export class EmulatedAws {
  static readonly ACCOUNT = '111111111111';
  static readonly REGION = 'eu-west-1';

  /** Every call, in order. */
  calls: Call[] = [];
  /** What CloudFormation was told. */
  answers: Record<string, unknown>[] = [];
  intercept: Interception;
  /** Headers that the emulator's answer lacks. */
  completion: (call: Call) => Record<string, string>;
  /** Services by the prefix of their target, such as `SageMaker`. */
  services: Record<string, FakeService> = {};
  /** S3 as tests see it: without interceptions, and not counted. */
  s3!: S3Client;
  private emulator?: ChildProcess;
  private emulatorPort = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'emulated-aws-'));
  private readonly server: Loopback;

  constructor() {
    this.intercept = () => undefined;
    this.completion = () => ({});
    this.server = new Loopback((request, body, response) => void this.answer(request, body, response));
  }

  async start(): Promise<void> {
    await this.server.start();
    this.server.attract(EmulatedAws.REGION, EmulatedAws.ACCOUNT);
    this.emulatorPort = await freePort();
    this.emulator = spawn(await sharedPython(), ['-m', 'ministack.app'], {
      cwd: this.folder,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        TMPDIR: this.folder,
        PYTHONDONTWRITEBYTECODE: '1',
        GATEWAY_PORT: String(this.emulatorPort),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        MINISTACK_REGION: EmulatedAws.REGION,
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
      },
    });
    this.s3 = new S3Client({ endpoint: `http://127.0.0.1:${this.emulatorPort}`, forcePathStyle: true, region: EmulatedAws.REGION });
    await this.untilReady();
  }

  reset(): void {
    this.calls = [];
    this.answers = [];
    this.services = {};
    this.intercept = () => undefined;
    this.completion = () => ({});
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.s3.destroy();
    const ended = new Promise((resolve) => this.emulator!.once('exit', resolve));
    this.emulator!.kill('SIGKILL'); // it keeps nothing
    await ended;
    rmSync(this.folder, { recursive: true });
  }

  get url(): string {
    return this.server.url;
  }

  operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  private async answer(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (pathname === '/answer-box') {
      this.answers.push(JSON.parse(body.toString()) as Record<string, unknown>);
      response.end();
      return;
    }
    const headers = request.headers as Call['headers'];
    const target = headers['x-amz-target'];
    const call = { operation: target?.replace(/^(\w+)_V\d+\./, '$1.') ?? (actionOf(headers, body) ?? s3Operation(request.method ?? '', headers, searchParams)), headers, path: pathname, query: searchParams, body };
    this.calls.push(call);
    const answer = await this.intercepted(call, target);
    if (answer === undefined) this.forward(request, call, response);
    else if (answer.status === 0) response.destroy(); // the connection breaks off
    else response.writeHead(answer.status, { 'content-type': answer.contentType, ...answer.headers }).end(answer.body);
  }

  private async intercepted(call: Call, target?: string): Promise<Answer | undefined> {
    try {
      const met = await this.intercept(call);
      if (met instanceof Refusal) throw met;
      if (met !== undefined) return met;
      const [service, operation] = call.operation.split('.');
      return target !== undefined && service in this.services
        ? Answer.json(this.services[service](operation, JSON.parse(call.body.toString()) as Record<string, never>)) : undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) return Answer.json({ message: String(error) }, 500);
      return target === undefined ? error.asS3() : error.asJson();
    }
  }

  private forward({ method, url, headers }: IncomingMessage, call: Call, response: ServerResponse): void {
    // S3 reads either; the emulator reads of copies what it reads of uploads.
    const algorithm = headers['x-amz-checksum-algorithm'];
    if (algorithm !== undefined && headers['x-amz-copy-source'] !== undefined) headers['x-amz-sdk-checksum-algorithm'] = algorithm;
    const onward = http({ host: '127.0.0.1', port: this.emulatorPort, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...this.completion(call) });
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(call.body);
  }

  private async untilReady(): Promise<void> {
    for (const deadline = Date.now() + 60_000; ;) {
      const ready = await fetch(`http://127.0.0.1:${this.emulatorPort}/`).then(({ ok }) => ok, () => false);
      if (ready) return;
      if (this.emulator!.exitCode !== null || Date.now() > deadline) throw new Error('the emulator of AWS did not start');
      await sleep(50);
    }
  }
}

/** Of the query protocol. */
function actionOf(headers: Call['headers'], body: Buffer): string | undefined {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(body.toString()).get('Action') ?? undefined : undefined;
}

function s3Operation(method: string, headers: Call['headers'], query: URLSearchParams): string {
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  const kind = ['tagging', 'uploads', 'uploadId', 'attributes'].find((one) => query.has(one)) ?? '';
  const operations: Record<string, string> = {
    'GET tagging': 'GetObjectTagging',
    'POST uploads': 'CreateMultipartUpload',
    'POST uploadId': 'CompleteMultipartUpload',
    'DELETE uploadId': 'AbortMultipartUpload',
    'PUT uploadId': isCopy ? 'UploadPartCopy' : 'UploadPart',
    'PUT ': isCopy ? 'CopyObject' : 'PutObject',
    'GET ': 'GetObject',
    'HEAD ': 'HeadObject',
    'DELETE ': 'DeleteObject',
    'GET attributes': 'GetObjectAttributes',
  };
  return operations[`${method} ${kind}`] ?? `${method} ?${query.toString()}`;
}
