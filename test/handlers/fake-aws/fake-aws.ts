import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { Answer, Refusal } from './answer';
import { FakeEc2 } from './fake-ec2';
import { FakeEfs } from './fake-efs';
import { FakeSageMaker } from './fake-sagemaker';

/** A fault that meets a call: a refusal, or nothing. Asked before the fake service is. */
export type Fault = (operation: string) => Refusal | undefined;

/** As much of AWS as the clean-up speaks to, over HTTP, with state and with faults; and CloudFormation's answer box. */
export class FakeAws {
  sagemaker = new FakeSageMaker();
  efs = new FakeEfs();
  ec2 = new FakeEc2();
  parameters = new Map<string, string>();
  /** Every call, in order, such as `SageMaker.DeleteApp`. */
  calls: string[] = [];
  /** What CloudFormation was told. */
  answers: Record<string, unknown>[] = [];
  fault: Fault;
  private readonly server: Server;

  constructor() {
    this.fault = () => undefined;
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const answer = this.answer(request, body);
        response.writeHead(answer.status, { 'content-type': answer.contentType, ...answer.headers }).end(answer.body);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: this.url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', POLL_MILLISECONDS: '1',
    });
  }

  /** An empty account at the same address: clients of the AWS SDK keep the address that they were made with. */
  reset(): void {
    this.sagemaker = new FakeSageMaker();
    this.efs = new FakeEfs();
    this.ec2 = new FakeEc2();
    this.parameters = new Map();
    this.calls = [];
    this.answers = [];
    this.fault = () => undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(request: IncomingMessage, body: string): Answer {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/answer-box') {
      this.answers.push(JSON.parse(body) as Record<string, unknown>);
      return Answer.nothing(200);
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const operation = target.replace('AmazonSSM.', 'SSM.') || (isQuery ? `EC2.${new URLSearchParams(body).get('Action')}` : `EFS.${request.method} ${url.pathname}`);
    this.calls.push(operation);
    try {
      const refusal = this.fault(operation);
      if (refusal) throw refusal;
      if (isQuery) return this.ec2.call(new URLSearchParams(body));
      if (target === '') return Answer.json(this.efs.call(request.method ?? '', url.pathname, url.searchParams));
      const input = JSON.parse(body) as Record<string, string>;
      return Answer.json(target.startsWith('SageMaker.') ? this.sagemaker.call(target.slice(10), input) : this.ssm(target.slice(10), input));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return isQuery ? error.asXml() : error.asJson();
    }
  }

  private ssm(operation: string, { Name, Value }: Record<string, string>): unknown {
    if (operation === 'PutParameter') {
      this.parameters.set(Name, Value);
      return { Version: 1 };
    }
    if (!this.parameters.has(Name)) throw new Refusal('ParameterNotFound');
    if (operation === 'GetParameter') return { Parameter: { Name, Value: this.parameters.get(Name) } };
    this.parameters.delete(Name);
    return {};
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
