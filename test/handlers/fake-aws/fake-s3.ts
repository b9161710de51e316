import { IncomingMessage } from 'http';
import { Answer, Refusal } from './answer';
import { Loopback } from './loopback';

interface FakeVersion { key: string; id: string; isMarker?: boolean }

/** A bucket with versions, delete markers and uploads in parts. */
export class FakeBucket {
  versions: FakeVersion[] = [];
  uploads: { key: string; id: string }[] = [];
  tags: Record<string, string> = {};
  /** Why a version cannot be deleted, such as `AccessDenied`; nothing if it can. */
  refuses: (version: FakeVersion) => string | undefined = () => undefined;
  /** Whether a version is called deleted and stays all the same. */
  clings: (version: FakeVersion) => boolean = () => false;

  /** Fills in versions `v0`, `v1`, … of one key. */
  hold(key: string, count: number, isMarker = false): this {
    const from = this.versions.length;
    for (let i = 0; i < count; i++) this.versions.push({ key, id: `v${from + i}`, isMarker });
    return this;
  }
}

/** As much of S3 as the emptying of buckets speaks to, over HTTP, with state and with faults; and CloudFormation's answer box. */
export class FakeS3 {
  buckets = new Map<string, FakeBucket>();
  /** Every call, in order, such as `ListObjectVersions`. */
  calls: string[] = [];
  /** What CloudFormation was told. */
  answers: Record<string, unknown>[] = [];
  /** A refusal that meets a call, asked before the call is done. */
  fault: (operation: string) => Refusal | undefined;
  private readonly server: Loopback;

  constructor() {
    this.fault = () => undefined;
    this.server = Loopback.answering((request, body) => this.answer(request, body));
  }

  async start(): Promise<void> {
    await this.server.start();
    this.server.attract();
  }

  /** An account with these buckets at the same address: clients of the AWS SDK keep the address that they were made with. */
  reset(): void {
    this.buckets = new Map();
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
    // Not as a URL, which would fold `..` in a key.
    const [pathname, search] = (request.url ?? '/').split('?');
    const query = new URLSearchParams(search);
    if (pathname === '/answer-box') {
      this.answers.push(JSON.parse(body) as Record<string, unknown>);
      return Answer.nothing(200);
    }
    const [name, ...rest] = pathname.slice(1).split('/');
    const operation = operationOf(request.method ?? '', query);
    this.calls.push(operation);
    try {
      const refusal = this.fault(operation);
      if (refusal) throw refusal;
      const bucket = this.buckets.get(name);
      if (!bucket) throw new Refusal('NoSuchBucket', 'The specified bucket does not exist', 404);
      return this.call(operation, bucket, { query, body, key: decodeURIComponent(rest.join('/')) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.asS3();
    }
  }

  private call(operation: string, bucket: FakeBucket, { query, body, key }: { query: URLSearchParams; body: string; key: string }): Answer {
    switch (operation) {
      case 'GetBucketTagging': {
        const tags = Object.entries(bucket.tags);
        if (tags.length === 0) throw new Refusal('NoSuchTagSet', 'The TagSet does not exist', 404);
        return xml('Tagging', `<TagSet>${tags.map(([Key, Value]) => `<Tag><Key>${Key}</Key><Value>${Value}</Value></Tag>`).join('')}</TagSet>`);
      }
      case 'ListObjectVersions': {
        // S3 gives at most a thousand at once, versions and delete markers together.
        const page = bucket.versions.slice(0, 1000);
        return xml('ListVersionsResult', `<IsTruncated>${bucket.versions.length > page.length}</IsTruncated>${encodingOf(query)}${page.map((one) => {
          const kind = one.isMarker ? 'DeleteMarker' : 'Version';
          return `<${kind}><Key>${keyOf(one.key, query)}</Key><VersionId>${one.id}</VersionId></${kind}>`;
        }).join('')}`);
      }
      case 'DeleteObjects': return xml('DeleteResult', this.deleted(bucket, body));
      case 'ListMultipartUploads':
        return xml('ListMultipartUploadsResult', encodingOf(query) + bucket.uploads.slice(0, 1000)
          .map((one) => `<Upload><Key>${keyOf(one.key, query)}</Key><UploadId>${one.id}</UploadId></Upload>`).join(''));
      case 'DeleteObject': {
        const version = bucket.versions.find((one) => one.key === key && one.id === query.get('versionId'));
        const code = version && bucket.refuses(version);
        if (code !== undefined) throw new Refusal(code, `${code} it is`, code === 'SlowDown' ? 503 : 403);
        bucket.versions = bucket.versions.filter((one) => one !== version);
        return Answer.nothing(204);
      }
      case 'AbortMultipartUpload': {
        const upload = bucket.uploads.find((one) => one.key === key && one.id === query.get('uploadId'));
        if (!upload) throw new Refusal('NoSuchUpload', 'The specified upload does not exist', 404);
        bucket.uploads = bucket.uploads.filter((one) => one !== upload);
        return Answer.nothing(204);
      }
      default: throw new Refusal('NotImplemented', operation, 501);
    }
  }

  private deleted(bucket: FakeBucket, body: string): string {
    const asked = [...body.matchAll(/<Object><Key>(.*?)<\/Key><VersionId>(.*?)<\/VersionId><\/Object>/gs)];
    // Nothing else is XML 1.0, whether it is written as it is or as a reference.
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#x?0*(?:[0-8bcef]|1[0-9a-f]);/i.test(body)) throw new Refusal('MalformedXML', 'The XML you provided was not well-formed');
    if (asked.length > 1000) throw new Refusal('MalformedXML', 'more than a thousand objects');
    const errors: string[] = [];
    const gone = new Set<FakeVersion>();
    for (const [, key, id] of asked) {
      const version = bucket.versions.find((one) => one.id === id && one.key === unescaped(key));
      if (!version) continue; // S3 counts what is not there as deleted
      const code = bucket.refuses(version);
      if (code === undefined && bucket.clings(version)) continue;
      if (code === undefined) gone.add(version);
      else errors.push(`<Error><Key>${key}</Key><VersionId>${id}</VersionId><Code>${code}</Code><Message>${code} it is</Message></Error>`);
    }
    bucket.versions = bucket.versions.filter((one) => !gone.has(one));
    return errors.join('');
  }
}

function operationOf(method: string, query: URLSearchParams): string {
  if (method === 'GET' && query.has('tagging')) return 'GetBucketTagging';
  if (method === 'GET' && query.has('versions')) return 'ListObjectVersions';
  if (method === 'GET' && query.has('uploads')) return 'ListMultipartUploads';
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  if (method === 'DELETE' && query.has('uploadId')) return 'AbortMultipartUpload';
  if (method === 'DELETE' && query.has('versionId')) return 'DeleteObject';
  return `${method} ?${query.toString()}`;
}

function xml(root: string, body: string): Answer {
  return new Answer(200, 'application/xml', `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</${root}>`);
}

function encodingOf(query: URLSearchParams): string {
  return query.get('encoding-type') === 'url' ? '<EncodingType>url</EncodingType>' : '';
}

/** As forms are encoded, on demand; else as it is, even where that is no XML. */
function keyOf(key: string, query: URLSearchParams): string {
  return query.get('encoding-type') === 'url' ? encodeURIComponent(key).replace(/%20/g, '+').replace(/%2F/g, '/') : escaped(key);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, '\'').replace(/&amp;/g, '&');
}
