import { IncomingMessage, request as http, ServerResponse } from 'http';
import { setTimeout as sleep } from 'timers/promises';
import { Fault, FaultyCall, refusalOf } from './faults';
import { Refusal } from '../../handlers/fake-aws/answer';
import { bytesOf, Loopback } from '../../handlers/fake-aws/loopback';

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Stands between a program and AWS, and lets calls meet faults; and is CloudFormation's answer box. */
export class FaultyProxy {
  /** What a call meets; nothing as a rule. */
  fault: (call: FaultyCall) => Fault | undefined;
  /** What CloudFormation was told. */
  readonly answers: Record<string, unknown>[] = [];
  /** How many calls met a fault. */
  met = 0;
  private readonly server: Loopback;

  /** @param behind where AWS is */
  constructor(private readonly behind: () => string) {
    this.fault = () => undefined;
    this.server = new Loopback((request, body, response) => void this.pass(request, body, response).catch(() => response.destroy()));
  }

  get url(): string {
    return this.server.url;
  }

  start(): Promise<void> {
    return this.server.start();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async pass(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    if (request.url === '/answer-box') {
      this.answers.push(JSON.parse(body.toString()) as Record<string, unknown>);
      response.end();
      return;
    }
    const [, service = ''] = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
    const call = { service, target: request.headers['x-amz-target'] as string | undefined, body: body.toString() };
    const fault = this.fault(call);
    if (fault !== undefined) this.met++;
    const refusal = fault && refusalOf(fault, call);
    if (refusal) {
      response.writeHead(refusal.status, { ...refusal.headers, 'content-type': refusal.contentType }).end(refusal.body);
      return;
    }
    if (fault === 'broken') response.destroy();
    else if (fault === 'silent') response.on('close', () => undefined);
    else this.answer(response, asModelled(await this.ask(request, body)), fault);
  }

  /** What AWS has done it has done, whatever becomes of its answer. */
  private answer(response: ServerResponse, { status, headers, body }: Reply, fault?: Fault): void {
    const begin = () => response.writeHead(status, headers).write(body.subarray(0, Math.floor(body.length / 2)));
    if (fault === 'lost') {
      response.destroy();
    } else if (fault === 'stalled' && body.length > 1) {
      begin();
    } else if (fault === 'cut' && body.length > 1) {
      begin();
      setTimeout(() => response.destroy(), 10);
    } else {
      void sleep(fault === 'slow' ? 100 : 0).then(() => response.writeHead(status, headers).end(body));
    }
  }

  private ask({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.behind());
      const onward = http({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
        bytesOf(answer).then((bytes) => {
          const { 'transfer-encoding': _, ...kept } = answer.headers;
          // A HEAD says how long a body would be.
          resolve({ status: answer.statusCode ?? 500, headers: method === 'HEAD' ? kept : { ...kept, 'content-length': String(bytes.length) }, body: bytes });
        }, reject);
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }
}

/** Of a domain that is not there, the model of SageMaker's API says ResourceNotFound, and moto something else. */
function asModelled(reply: Reply): Reply {
  if (reply.status !== 400 || !reply.body.includes('Could not find domain')) return reply;
  const { body, headers, status } = new Refusal('ResourceNotFound', 'Domain does not exist').asJson();
  return { status, headers: { ...headers, 'content-type': 'application/x-amz-json-1.1', 'content-length': String(body.length) }, body: Buffer.from(body) };
}
