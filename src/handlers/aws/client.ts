import { parseXML } from '@aws-sdk/xml-builder';
import { Sha256 } from '@smithy/core/checksum';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { SignatureV4 } from '@smithy/signature-v4';
import { CredentialsProvider } from './credentials';
import { AwsFault } from './faults';
import { addressOf, Service } from './places';
import { retried } from './retries';

/** Patient with throttling: organizations are big and AWS Organizations is slow. */
const ATTEMPTS = 10;

/** Longer than any of these calls takes; a connection that hangs is given up. */
const TIMEOUT = 15_000;

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
    this.signer = new SignatureV4({ service: service.name, region: service.region, credentials, sha256: Sha256 });
  }

  /** A call in the JSON protocol (AWS Organizations, Systems Manager). */
  public async json<T>(target: string, input: object): Promise<T> {
    const answer = await this.send({ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }, JSON.stringify(input), jsonFault);
    return JSON.parse(answer) as T;
  }

  /** A call in the query protocol (STS, CloudFormation): the element with its result. */
  public async query(version: string, action: string, input: Record<string, string | undefined>): Promise<Element> {
    const given = Object.entries(input).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const body = new URLSearchParams([['Action', action], ['Version', version], ...given]).toString();
    const answer = await this.send({ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body, xmlFault);
    return (parseXML(answer) as Element)[`${action}Response`][`${action}Result`];
  }

  private send(headers: Record<string, string>, body: string, faultOf: FaultOf): Promise<string> {
    return retried(this.strategy, async () => {
      const { protocol, hostname, host, port } = this.address;
      // Signed anew for each attempt: signatures and credentials grow old.
      const signed = await this.signer.sign({
        method: 'POST', protocol, hostname, port: port ? Number(port) : undefined, path: '/', query: {}, headers: { ...headers, host }, body,
      });
      const response = await fetch(this.address, { method: 'POST', headers: signed.headers, body, signal: AbortSignal.timeout(TIMEOUT) })
        .catch((error: unknown) => { throw AwsFault.unanswered(host, error); });
      const text = await response.text().catch((error: unknown) => { throw AwsFault.unanswered(host, error); });
      if (!response.ok) throw this.refusal(response, text, faultOf);
      return text;
    });
  }

  private refusal(response: Response, text: string, faultOf: FaultOf): AwsFault {
    try {
      const [name, message] = faultOf(text);
      return AwsFault.refused(name, message, response.status);
    } catch {
      return AwsFault.refused(`HTTP ${response.status}`, `an answer that is not ${this.service.name}'s: ${text.slice(0, 200)}`, response.status);
    }
  }
}

type FaultOf = (body: string) => [name: string, message: string];

const jsonFault: FaultOf = (body) => {
  const { __type, message, Message } = JSON.parse(body) as Record<string, string>;
  return [__type.replace(/^.*#/, ''), message ?? Message ?? ''];
};

const xmlFault: FaultOf = (body) => {
  const { Code, Message } = (parseXML(body) as Element).ErrorResponse.Error;
  return [Code.trim(), Message ?? ''];
};

/** An XML list: absent, one element, or many. */
export function listed(list: Element | undefined): Element[] {
  const members = list?.member as Element | Element[] | undefined;
  if (members === undefined) return [];
  return Array.isArray(members) ? members : [members];
}
