import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Client, Element } from '../../handlers/aws/client';
import { CredentialsProvider } from '../../handlers/aws/credentials';
import { AwsFault, described } from '../../handlers/aws/faults';
import { pagesOf } from '../../handlers/aws/pages';
import { addressOf, addressOfBucket, iamOf, organizationsFor, partitionOf, Service } from '../../handlers/aws/service-endpoints';

/** Versions of the query protocol's APIs. */
const VERSIONS = { ec2: '2016-11-15', iam: '2010-05-08', sts: '2011-06-15', cloudformation: '2010-05-15' };

/** What was asked and not answered, so that nothing can be said. */
export class Unread extends Error {
  public constructor(
    public readonly action: string, public readonly subject: string, public readonly reason: string, public readonly remedy: string = `Allow ${action}, which would tell.`,
  ) {
    super(`${action} on ${subject}: ${reason}`);
  }
}

/** What was asked of a service, or of a part of it, that the region has not: there is nothing to be read. */
export class NotInRegion extends Unread {}

/** Something that AWS is asked. */
interface Question {
  /** The IAM action that it needs. */
  readonly action: string;
  /** What it is about, for people. */
  readonly subject: string;
  /** Faults that mean "there is none": by their names, or where a name means other things as well, by what they say. */
  readonly absent?: (string | RegExp)[];
}

/** A request to S3, whose path and query are percent-encoded. */
interface S3Call {
  readonly method: string;
  readonly bucket: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** One account in one region, as the user's credentials see it. Each question is asked once. */
export class Account {
  private readonly clients = new Map<string, Client>();
  private readonly answers = new Map<string, Promise<unknown>>();

  public constructor(public readonly region: string, private readonly credentials: CredentialsProvider = defaultProvider()) {}

  /** The same account, of which nothing is known yet: what has changed since is seen. */
  public anew(): Account {
    return new Account(this.region, this.credentials);
  }

  /** The account in the region in which its partition tells what is not of a region. */
  public global(): Account {
    const { region } = iamOf(this.region);
    return region === this.region ? this : new Account(region, this.credentials);
  }

  public get partition(): string {
    return partitionOf(this.region).name;
  }

  /** A call in the query protocol. The name of the action is the operation's. */
  public query(service: keyof typeof VERSIONS, question: Question, input: Record<string, string> = {}): Promise<Element | undefined> {
    const operation = question.action.split(':')[1];
    return this.ask(question, `${service}${operation}${JSON.stringify(input)}`, () => this.client(service).query(VERSIONS[service], operation, input));
  }

  /** A call in the JSON protocol. */
  public json<T>(service: Service['name'], prefix: string, question: Question, input: object = {}): Promise<T | undefined> {
    const operation = question.action.split(':')[1];
    return this.ask(question, `${prefix}${operation}${JSON.stringify(input)}`, () => this.client(service).json<T>(`${prefix}.${operation}`, input));
  }

  /** What a path of the REST protocol with JSON holds. */
  public read<T>(service: Service['name'], question: Question, path: string, query: Record<string, string> = {}): Promise<T | undefined> {
    return this.ask(question, `${service}${path}${JSON.stringify(query)}`, () => this.client(service).read<T>(path, query));
  }

  /** Every page of a list in the query protocol, as EC2 and CloudFormation have it: the items below the element of that name. */
  public async all(service: 'ec2' | 'cloudformation', question: Question, list: string, input: Record<string, string> = {}): Promise<Element[]> {
    const found: Element[] = [];
    const token = service === 'ec2' ? 'nextToken' : 'NextToken';
    const pages = pagesOf(question.action, async (next?: string) => {
      const page = await this.query(service, question, { ...input, ...next !== undefined && { NextToken: next } });
      return { page, NextToken: page?.[token] as string | undefined };
    });
    for await (const { page } of pages) found.push(...itemsOf(page?.[list]));
    return found;
  }

  /** Every page of a list in the JSON protocol: what the page holds under that name. */
  public async allJson<T>(service: Service['name'], prefix: string, question: Question, list: string, input: object = {}, [asked, given] = ['NextToken', 'NextToken']): Promise<T[]> {
    const found: T[] = [];
    const pages = pagesOf(question.action, async (next?: string) => {
      const page = await this.json<Record<string, unknown>>(service, prefix, question, { ...input, ...next !== undefined && { [asked]: next } });
      return { items: (page?.[list] ?? []) as T[], NextToken: page?.[given] as string | undefined };
    });
    for await (const { items } of pages) found.push(...items);
    return found;
  }

  /** Whether a bucket of that name stands anywhere, and whose it is: names of buckets are everybody's. */
  public async bucket(bucket: string): Promise<'none' | 'own' | 'foreign'> {
    const question = { action: 's3:ListBucket', subject: `the bucket ${bucket}`, absent: ['NotFound'] };
    const url = addressOfBucket(this.region, bucket);
    return await this.ask(question, `bucket${bucket}`, async () => {
      try {
        await this.client('s3').rest({ method: 'HEAD', url, headers: {} });
        return 'own' as const;
      } catch (error) {
        if (error instanceof AwsFault && ['AccessDenied', 'PermanentRedirect'].includes(error.name)) return 'foreign' as const;
        throw error;
      }
    }) ?? 'none';
  }

  /** How many buckets the account has. */
  public async buckets(): Promise<number> {
    const question = { action: 's3:ListAllMyBuckets', subject: 'buckets of the account' };
    let count = 0;
    for await (const { text } of pagesOf(question.action, async (next?: string) => {
      const url = addressOf({ name: 's3', region: this.region });
      url.pathname = '/';
      url.search = `max-buckets=1000${next === undefined ? '' : `&continuation-token=${encodeURIComponent(next)}`}`;
      const page = await this.ask(question, url.href, async () => (await this.client('s3').rest({ method: 'GET', url, headers: {} })).text);
      return { text: page ?? '', NextToken: /<ContinuationToken>([^<]+)</.exec(page ?? '')?.[1] };
    })) count += text.match(/<Bucket>/g)?.length ?? 0;
    return count;
  }

  /** A call of S3 about a bucket, or about an object of it: the text of the answer. */
  public async s3(question: Question, { method, bucket, path, query = '', headers = {}, body }: S3Call): Promise<string | undefined> {
    const url = addressOfBucket(this.region, bucket, path);
    url.search = query;
    return this.ask(question, `${method}${url.href}${body ?? ''}`, async () => {
      const { text } = await this.client('s3').rest({ method, url, headers, body });
      return text;
    });
  }

  /** Once for each question. */
  private ask<T>({ action, subject, absent = [] }: Question, key: string, call: () => Promise<T>): Promise<T | undefined> {
    const known = this.answers.get(key) ?? call().catch((error: unknown) => {
      if (error instanceof AwsFault && absent.some((one) => typeof one === 'string' ? one === error.name : one.test(error.message))) return undefined;
      throw new (isNotInRegion(error) ? NotInRegion : Unread)(action, subject, described(error));
    });
    this.answers.set(key, known);
    return known as Promise<T | undefined>;
  }

  private client(name: Service['name']): Client {
    const known = this.clients.get(name) ?? new Client(this.service(name), this.credentials);
    this.clients.set(name, known);
    return known;
  }

  private service(name: Service['name']): Service {
    if (name === 'organizations') return organizationsFor(this.region);
    return name === 'iam' ? iamOf(this.region) : { name, region: this.region };
  }
}

/** The service has no address in the region, or does not know the operation there. That the credentials hold was seen in the same region. */
function isNotInRegion(error: unknown): boolean {
  return error instanceof AwsFault && (error.name === 'UnknownOperationException' || error.name === 'NoAnswer' && error.message.includes('ENOTFOUND'));
}

/** An XML list, as services write it: absent, one element, or many. */
export function itemsOf(list: Element | undefined): Element[] {
  const items = (list?.item ?? list?.member) as Element | Element[] | undefined;
  if (items === undefined) return [];
  return Array.isArray(items) ? items : [items];
}

/** A policy as IAM sends it. */
export function policyOf(text: string): PolicyDocument {
  const document = JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text) as PolicyDocument;
  return { Statement: [document.Statement].flat() };
}

export interface PolicyDocument {
  readonly Statement: PolicyStatement[];
}

/** A statement of a policy. What only a deployment knows is undefined in the lists of one that is compared with others. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: '*' | Record<string, string | string[]>;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: Listed;
  readonly NotResource?: Listed;
  readonly Condition?: Record<string, Record<string, Listed>>;
}

/** One text, or several; booleans and numbers as they are written. */
export type Listed = unknown;

/** Principals that the policy allows something: services, accounts, ARNs. */
export function allowedPrincipals(document: PolicyDocument): string[] {
  return document.Statement.filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal }) => Principal === undefined ? [] : Principal === '*' ? ['*'] : Object.values(Principal).flat());
}
