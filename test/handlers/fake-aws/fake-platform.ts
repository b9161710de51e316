import { IncomingMessage } from 'http';
import { Answer, Refusal } from './answer';
import { FakeCloudFormation } from './fake-cloudformation';
import { FakeOrganizations } from './fake-organizations';
import { FakeSts } from './fake-sts';
import { Loopback } from './loopback';

/** One call, as AWS sees it. */
export interface Call {
  /** Such as `organizations.ListParents`. */
  readonly operation: string;
  readonly region: string;
  /** The access key: whose call it is. */
  readonly caller: string;
  readonly body: string;
}

/** A fault that meets a call: a refusal, or another answer. Asked before the fake service is. */
export type PlatformFault = (call: Call) => Refusal | Answer | undefined;

const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** An organization with its accounts, as much as the list of deployment accounts is made from, over HTTP. */
export class FakePlatform {
  organizations = new FakeOrganizations();
  sts = new FakeSts();
  cloudformation = new FakeCloudFormation();
  calls: Call[] = [];
  fault: PlatformFault;
  private readonly server: Loopback;

  constructor() {
    this.fault = () => undefined;
    this.server = Loopback.answering((request, body) => this.answer(request, body));
  }

  start(): Promise<void> {
    return this.server.start();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** An empty organization at the same address. */
  reset(): void {
    this.organizations = new FakeOrganizations();
    this.sts = new FakeSts();
    this.cloudformation = new FakeCloudFormation();
    this.calls = [];
    this.fault = () => undefined;
  }

  get url(): string {
    return this.server.url;
  }

  operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  private async answer(request: IncomingMessage, body: string): Promise<Answer> {
    if (request.method === 'GET') return this.containerCredentials(request);
    const [, caller, region, service] = CREDENTIAL.exec(request.headers.authorization ?? '') ?? [];
    const target = String(request.headers['x-amz-target'] ?? '');
    const isQuery = target === '';
    const form = new URLSearchParams(isQuery ? body : '');
    const call = { operation: `${service}.${isQuery ? form.get('Action') : target.split('.')[1]}`, region, caller, body };
    this.calls.push(call);
    try {
      const fault = this.fault(call);
      if (fault instanceof Answer) return fault;
      if (fault) throw fault;
      if (service === 'sts') return await this.sts.call(form);
      if (service === 'cloudformation') return this.cloudformation.call(form);
      return Answer.json(this.organizations.call(target.split('.')[1], JSON.parse(body) as Record<string, string>));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return isQuery ? error.asQuery() : error.asJson();
    }
  }

  /** What a build asks for its role's credentials. */
  private containerCredentials(request: IncomingMessage): Answer {
    if (request.headers.authorization !== 'container-token') return Answer.json({}, 403);
    return Answer.json({ AccessKeyId: 'container', SecretAccessKey: 'secret', Token: 'token', Expiration: new Date(Date.now() + 3_600_000).toISOString() });
  }
}
