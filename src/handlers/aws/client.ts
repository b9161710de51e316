import { parseXML } from '@aws-sdk/xml-builder';
import { Sha256 } from '@smithy/core/checksum';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { SignatureV4 } from '@smithy/signature-v4';
import { CredentialsProvider } from './credentials';
import { AwsFault } from './faults';
import { retried } from './retries';
import { addressOf, Service } from './service-endpoints';

/** Patient with throttling: organizations are big and AWS Organizations is slow. */
const ATTEMPTS = 10;

/** Longer than most calls take; a connection that hangs is given up. */
const TIMEOUT = Number(process.env.CALL_MILLISECONDS ?? 15_000);

/** In bytes. */
const LONGEST_TEXT = 4 * 1024 ** 2;

/** A request, whose path and query are percent-encoded as they are signed. */
interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** What came back. */
export interface Response {
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
}

/** An element of an XML answer. */
export type Element = { readonly [name: string]: Element } & string;

/**
 * Calls one service as one role. Signature, retries and XML are the AWS SDK's own parts; the SDK's clients are not used,
 * because a build image brings none along and three of them are ten times the rest of this program.
 */
export class Client {
  private readonly address: URL;
  private readonly signer: SignatureV4;
  private readonly strategy = new AdaptiveRetryStrategy(async () => ATTEMPTS);

  constructor(private readonly service: Service, credentials: CredentialsProvider) {
    this.address = addressOf(service);
    // S3 alone signs paths as they are sent.
    this.signer = new SignatureV4({
      service: service.name, region: service.region, credentials, sha256: Sha256, uriEscapePath: service.name !== 's3',
    });
  }

  /** A call in the JSON protocol (AWS Organizations, Systems Manager, SageMaker, ECR). */
  public async json<T>(target: string, input: object, timeout?: number): Promise<T> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const { text } = await this.send({ method: 'POST', url: this.address, headers, body: JSON.stringify(input), timeout }, jsonFault);
    // An operation without an output is answered with nothing.
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** A call in the query protocol (STS, CloudFormation, IAM, EC2): the element with its result, which is the whole answer of EC2. */
  public async query(version: string, action: string, input: Record<string, string | undefined>): Promise<Element> {
    const given = Object.entries(input).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const body = new URLSearchParams([['Action', action], ['Version', version], ...given]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const { text } = await this.send({ method: 'POST', url: this.address, headers, body }, xmlFault);
    const response = (parseXML(text) as Element)[`${action}Response`];
    return response[`${action}Result`] ?? response;
  }

  /** A call that reads something in the REST protocol with JSON (GuardDuty, Security Hub, Macie, IAM Access Analyzer). */
  public async read<T>(path: string, query: Record<string, string> = {}): Promise<T> {
    const url = new URL(path, this.address);
    url.search = new URLSearchParams(query).toString();
    const { text } = await this.send({ method: 'GET', url, headers: {} }, restJsonFault);
    return JSON.parse(text) as T;
  }

  /** A call in the REST protocol of S3. */
  public rest(request: Request): Promise<Response> {
    return this.send(request, restFault);
  }

  private send({ method, url, headers, body, timeout = TIMEOUT }: Request, faultOf: FaultOf): Promise<Response> {
    return retried(this.strategy, async () => {
      const { protocol, hostname, host, port, pathname: path, searchParams } = url;
      // Signed anew for each attempt: signatures and credentials grow old.
      const signed = await this.signer.sign({
        method,
        protocol,
        hostname,
        port: port ? Number(port) : undefined,
        path,
        query: Object.fromEntries(searchParams),
        body,
        headers: { ...headers, host },
      });
      const response = await fetch(url, { method, headers: signed.headers, body, signal: AbortSignal.timeout(timeout) })
        .catch((error: unknown) => { throw AwsFault.unanswered(host, error); });
      const bytes = await response.arrayBuffer().then((all) => Buffer.from(all), (error: unknown) => { throw AwsFault.unanswered(host, error); });
      // An object may be larger than a text can be.
      const text = response.ok && faultOf === restFault && method === 'GET' && bytes.length > LONGEST_TEXT ? '' : bytes.toString();
      if (!response.ok) throw this.refusal(response, text, faultOf);
      // S3 begins to answer long copies before they are done: what follows may be a failure all the same.
      if (faultOf === restFault && method !== 'GET' && LATE_FAULT.test(text)) throw this.refusal({ status: 500, headers: response.headers }, text, faultOf);
      return { headers: response.headers, text, bytes };
    });
  }

  private refusal({ status, headers }: Pick<globalThis.Response, 'status' | 'headers'>, text: string, faultOf: FaultOf): AwsFault {
    try {
      const [name, message] = faultOf(text, status, headers);
      return AwsFault.refused(name, message, status);
    } catch {
      return AwsFault.refused(`HTTP ${status}`, `an answer that is not ${this.service.name}'s: ${text.slice(0, 200)}`, status);
    }
  }
}

type FaultOf = (body: string, status: number, headers: Headers) => [name: string, message: string];

const jsonFault: FaultOf = (body) => {
  const { __type, message, Message } = JSON.parse(body) as Record<string, string>;
  return [__type.replace(/^.*#/, ''), message ?? Message ?? ''];
};

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
const restJsonFault: FaultOf = (body, _status, headers) => {
  const { __type, code, message, Message } = JSON.parse(body) as Record<string, string | undefined>;
  const name = headers.get('x-amzn-errortype') ?? __type ?? code!;
  return [name.replace(/:.*$/, '').replace(/^.*#/, ''), message ?? Message ?? ''];
};

const xmlFault: FaultOf = (body) => {
  const { ErrorResponse, Response: ofEc2 } = parseXML(body) as Element;
  const { Code, Message } = ErrorResponse?.Error ?? ofEc2.Errors.Error;
  return [Code.trim(), Message ?? ''];
};

/** What an answer without a body, to a HEAD, can only mean. */
const BODILESS: Record<number, [name: string, message: string]> = {
  301: ['PermanentRedirect', 'the bucket is in another region'],
  400: ['BadRequest', 'no reason was given; credentials that have expired are answered so'],
  403: ['AccessDenied', 'no reason was given'],
  404: ['NotFound', 'no reason was given'],
};

const LATE_FAULT = /^\s*(<\?xml[^>]*>\s*)?<Error>/;

const restFault: FaultOf = (body, status) => {
  if (body === '') return BODILESS[status] ?? [`HTTP ${status}`, 'no reason was given'];
  const { Code, Message } = (parseXML(body) as Element).Error;
  return [Code.trim(), Message ?? ''];
};

/** An XML list: absent, one element, or many. */
export function listed(list: Element | undefined): Element[] {
  const members = list?.member as Element | Element[] | undefined;
  if (members === undefined) return [];
  return Array.isArray(members) ? members : [members];
}
