import { createHash } from 'crypto';
import { parseXML } from '@aws-sdk/xml-builder';
import { Client, Element, Response } from './client';
import { CredentialsProvider } from './credentials';
import { asking, AwsFault } from './faults';
import { addressOfBucket } from './service-endpoints';

/** An object, or one version of it. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** What S3 says of a version. */
export interface S3Version {
  readonly versionId: string;
  readonly size: number;
  readonly eTag: string;
  readonly lastModified: Date;
  readonly contentType?: string;
  /** In base64; of a large object it is the digest of its parts' digests, with their number behind it. */
  readonly checksumSha256?: string;
  readonly kmsKeyId?: string;
  readonly metadata: (name: string) => string | undefined;
}

/** How a copy is to be. */
export interface CopyOptions {
  /** Without it, the key of the bucket. */
  readonly kmsKeyId?: string;
  readonly contentType?: string;
  readonly metadata: Record<string, string>;
}

/** S3 answers a copy when it is done. */
const COPYING = 15 * 60_000;

/** A part comes or goes. */
const MOVING = 5 * 60_000;

/** The few operations of S3 that a release is made of. */
export class S3 {
  private readonly client: Client;

  /** @param owner the account that buckets must be of: a bucket's name alone says nothing of whose it is */
  constructor(private readonly region: string, credentials: CredentialsProvider, private readonly owner?: string) {
    this.client = new Client({ name: 's3', region }, credentials);
  }

  /** Looks at an object; nothing if there is none. */
  public async look(object: S3Object): Promise<S3Version | undefined> {
    try {
      const { headers } = await asking(object.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', nameOf(object), () => (
        this.call('HEAD', object, {}, { 'x-amz-checksum-mode': 'ENABLED' })
      ));
      const text = (name: string) => headers.get(name) ?? undefined;
      return {
        versionId: text('x-amz-version-id') ?? 'null',
        size: Number(text('content-length')),
        eTag: unquoted(text('etag') ?? ''),
        lastModified: new Date(text('last-modified') ?? NaN),
        contentType: text('content-type'),
        checksumSha256: text('x-amz-checksum-sha256'),
        kmsKeyId: text('x-amz-server-side-encryption-aws-kms-key-id'),
        metadata: (name) => text(`x-amz-meta-${name}`),
      };
    } catch (error) {
      if (error instanceof AwsFault && error.$metadata.httpStatusCode === 404) return undefined;
      throw error;
    }
  }

  public async read(object: S3Object): Promise<string> {
    const { text } = await asking('s3:GetObjectVersion', nameOf(object), () => this.call('GET', object));
    return text;
  }

  /** Bytes of a version, both ends included. */
  public async readBytes(object: S3Object, [from, to]: [number, number]): Promise<Buffer> {
    const { bytes } = await asking('s3:GetObjectVersion', nameOf(object), () => (
      this.call('GET', object, {}, { range: `bytes=${from}-${to}` }, undefined, MOVING)
    ));
    if (bytes.length !== to - from + 1) throw new Error(`${nameOf(object)} gave ${bytes.length} bytes of ${to - from + 1}`);
    return bytes;
  }

  /** Writes an object as a whole. */
  public async write(target: S3Object, bytes: Buffer, options: CopyOptions): Promise<void> {
    await asking('s3:PutObject', nameOf(target), () => this.call('PUT', target, {}, { ...headersOf(options), ...checksumsOf(bytes) }, bytes, MOVING));
  }

  /** Writes a part of an upload, and answers how it is named at the end of the upload. */
  public async writePart(target: S3Object, uploadId: string, part: number, bytes: Buffer): Promise<string> {
    const checksums = checksumsOf(bytes);
    const { headers } = await asking('s3:PutObject', nameOf(target), () => this.call('PUT', target, { partNumber: `${part}`, uploadId }, checksums, bytes, MOVING));
    return `<Part><ETag>${escaped(headers.get('etag') ?? '')}</ETag><ChecksumSHA256>${checksums['x-amz-checksum-sha256']}</ChecksumSHA256><PartNumber>${part}</PartNumber></Part>`;
  }

  /** Copies a version as a whole; S3 does so up to 5 GB. Its tags stay behind. */
  public async copy(source: S3Object, target: S3Object, options: CopyOptions): Promise<void> {
    await asking(COPY, `${nameOf(source)} and ${nameOf(target)}`, () => this.call('PUT', target, {}, {
      ...headersOf(options), 'x-amz-copy-source': sourceOf(source), 'x-amz-metadata-directive': 'REPLACE', 'x-amz-tagging-directive': 'REPLACE',
    }, undefined, COPYING));
  }

  public async beginUpload(target: S3Object, options: CopyOptions): Promise<string> {
    const answer = await asking('s3:PutObject', nameOf(target), () => this.call('POST', target, { uploads: '' }, headersOf(options)));
    return elementOf(answer, 'InitiateMultipartUploadResult').UploadId;
  }

  /** Copies a range of a version, both ends included, and answers how the part is named at the end of the upload. */
  public async copyPart(source: S3Object, target: S3Object, uploadId: string, part: number, range: [number, number]): Promise<string> {
    const answer = await asking(COPY, `${nameOf(source)} and ${nameOf(target)}`, () => this.call('PUT', target, { partNumber: `${part}`, uploadId }, {
      'x-amz-copy-source': sourceOf(source), 'x-amz-copy-source-range': `bytes=${range.join('-')}`,
    }, undefined, COPYING));
    const { ETag, ChecksumSHA256 } = elementOf(answer, 'CopyPartResult');
    const checksum = ChecksumSHA256 ? `<ChecksumSHA256>${ChecksumSHA256}</ChecksumSHA256>` : '';
    return `<Part><ETag>${escaped(ETag)}</ETag>${checksum}<PartNumber>${part}</PartNumber></Part>`;
  }

  public async completeUpload(target: S3Object, uploadId: string, parts: string[]): Promise<void> {
    const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
    await asking('s3:PutObject', nameOf(target), () => this.call('POST', target, { uploadId }, { 'content-type': 'application/xml' }, body, COPYING));
  }

  public async abortUpload(target: S3Object, uploadId: string): Promise<void> {
    await asking('s3:AbortMultipartUpload', nameOf(target), () => this.call('DELETE', target, { uploadId }));
  }

  private call(
    method: string, { bucket, key, versionId }: S3Object, query: Record<string, string> = {}, headers: Record<string, string> = {},
    body?: string | Buffer, timeout?: number,
  ): Promise<Response> {
    const url = addressOfBucket(this.region, bucket, pathOf({ bucket, key }));
    for (const [name, value] of Object.entries({ ...query, ...versionId !== undefined && { versionId } })) url.searchParams.set(name, value);
    const owned = this.owner === undefined ? headers : { ...headers, 'x-amz-expected-bucket-owner': this.owner };
    return this.client.rest({ method, url, headers: owned, body, timeout });
  }

}

const COPY = 's3:GetObjectVersion and s3:PutObject';

/** How people and the SDK of AWS name an object. */
export function nameOf({ bucket, key, versionId }: S3Object): string {
  return `s3://${bucket}/${key}${versionId === undefined ? '' : ` (version ${versionId})`}`;
}

function headersOf({ kmsKeyId, contentType, metadata }: CopyOptions): Record<string, string> {
  return {
    ...kmsKeyId !== undefined && { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId },
    'x-amz-checksum-algorithm': 'SHA256',
    ...contentType !== undefined && { 'content-type': contentType },
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}

/** S3 compares both digests with what arrives. */
function checksumsOf(bytes: Buffer): Record<string, string> {
  const digest = createHash('sha256').update(bytes).digest();
  return {
    'x-amz-content-sha256': digest.toString('hex'), 'x-amz-sdk-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': digest.toString('base64'),
  };
}

function sourceOf({ bucket, key, versionId }: S3Object): string {
  return `${bucket}/${pathOf({ bucket, key })}?versionId=${encodeURIComponent(versionId ?? 'null')}`;
}

/** In an address `..` is the folder above, however it is written, and to S3 it is a name: the call would be about another object. */
export function pathOf({ bucket, key }: S3Object): string {
  if (key.split('/').some((part) => part === '.' || part === '..')) throw new Error(`${nameOf({ bucket, key })} has a folder . or .. in its key, by which no object can be asked for`);
  return key.split('/').map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
}

function elementOf({ text }: Response, name: string): Element {
  return (parseXML(text) as Element)[name];
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}

/** A text as it stands in XML. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
