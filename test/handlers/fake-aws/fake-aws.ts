import { IncomingMessage } from 'http';
import { Answer, Refusal } from './answer';
import { FakeEc2 } from './fake-ec2';
import { FakeEfs } from './fake-efs';
import { FakeSageMaker } from './fake-sagemaker';
import { Loopback } from './loopback';

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
  private readonly server: Loopback;

  constructor() {
    this.fault = () => undefined;
    this.server = Loopback.answering((request, body) => this.answer(request, body));
  }

  async start(): Promise<void> {
    await this.server.start();
    this.server.attract();
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

  stop(): Promise<void> {
    return this.server.stop();
  }

  get url(): string {
    return this.server.url;
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
