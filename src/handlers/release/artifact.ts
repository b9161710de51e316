import { concurrently } from '../aws/concurrency';
import { CopyOptions, nameOf, S3, S3Object, S3Version } from '../aws/s3';

/** S3 copies up to 5 GB as a whole, and in parts what is larger. */
export const LARGEST_WHOLE = 5 * 1024 ** 3;
const SMALLEST_PART = 512 * 1024 ** 2;
const MOST_PARTS = 10_000;
const PARTS_AT_A_TIME = 4;

/** A version of an object that is held fast: whatever is written over it, this is what is copied. */
export interface Pinned {
  readonly object: S3Object & { readonly versionId: string };
  readonly version: S3Version;
}

/** A copy, and what S3 says of it. */
export interface Copied {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly size: number;
  /** In hexadecimal; of what was copied in parts it is the digest of their digests, in base64 with their number behind it. */
  readonly sha256: string;
}

/** The version of an object that is the newest now; nothing if there is no object. */
export async function pinned(s3: S3, object: S3Object): Promise<Pinned | undefined> {
  const version = await s3.look(object);
  if (version === undefined) return undefined;
  if (version.versionId === 'null') {
    throw new Error(`${nameOf(object)} has no version: the bucket ${object.bucket} must be versioned, or nobody knows whether it was overwritten`);
  }
  return { object: { ...object, versionId: version.versionId }, version };
}

/** Whether it was written after a time in seconds. S3 counts whole ones. */
export function isNewerThan(seconds: number, { version }: Pinned): boolean {
  return Math.floor(version.lastModified.getTime() / 1000) > seconds;
}

/** Copies a version, once: a pipeline that is started again, or twice, finds the copy. */
export async function copied(s3: S3, source: Pinned, target: S3Object, kmsKeyId: string, largestWhole = LARGEST_WHOLE): Promise<Copied> {
  const from = sourceMark(source.object);
  const existing = await s3.look(target);
  if (existing === undefined || existing.metadata('source') !== from || existing.size !== source.version.size || existing.kmsKeyId !== kmsKeyId) {
    const options: CopyOptions = { kmsKeyId, contentType: source.version.contentType, metadata: { source: from } };
    if (source.version.size <= largestWhole) await s3.copy(source.object, target, options);
    else await copyInParts(s3, source, target, options, largestWhole);
  }
  return checked(target, source, await s3.look(target));
}

async function copyInParts(s3: S3, { object, version }: Pinned, target: S3Object, options: CopyOptions, largestWhole: number): Promise<void> {
  const size = Math.max(Math.min(SMALLEST_PART, largestWhole), Math.ceil(version.size / MOST_PARTS));
  const numbers = Array.from({ length: Math.ceil(version.size / size) }, (_, index) => index + 1);
  const uploadId = await s3.beginUpload(target, options);
  try {
    const parts = await concurrently(numbers, PARTS_AT_A_TIME, (number) => (
      s3.copyPart(object, target, uploadId, number, [(number - 1) * size, Math.min(number * size, version.size) - 1])
    ));
    await s3.completeUpload(target, uploadId, parts);
  } catch (error) {
    await s3.abortUpload(target, uploadId).catch(() => undefined); // the bucket forgets it after some days anyway
    throw error;
  }
}

function checked(target: S3Object, { object, version }: Pinned, copy: S3Version | undefined): Copied {
  if (copy === undefined) throw new Error(`${nameOf(target)} was copied and is not there`);
  if (copy.size !== version.size) throw new Error(`${nameOf(target)} has ${copy.size} bytes, and ${nameOf(object)}, which it was copied from, ${version.size}`);
  if (copy.checksumSha256 === undefined) throw new Error(`S3 says no SHA-256 of ${nameOf(target)}`);
  const isOfParts = copy.checksumSha256.includes('-');
  const sha256 = isOfParts ? copy.checksumSha256 : Buffer.from(copy.checksumSha256, 'base64').toString('hex');
  return { bucket: target.bucket, key: target.key, versionId: copy.versionId, size: copy.size, sha256 };
}

/** As metadata, which is ASCII. */
export function sourceMark({ bucket, key, versionId }: S3Object): string {
  return encodeURI(`${bucket}/${key}?versionId=${versionId}`);
}
