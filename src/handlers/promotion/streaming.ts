import { createHash } from 'crypto';
import { nameOf, S3, S3Object, S3Version } from '../aws/s3';
import { Copied, sourceMark } from '../release/artifact';

/** What is in memory of an object at a time. */
const PART = 64 * 1024 ** 2;
/** S3 takes so many parts of an object. */
const MOST_PARTS = 10_000;

/**
 * Copies a released object into another account, once: read as one identity and written as another, so that neither has to let
 * the other in. Of a copy that is there, S3's own digest of its bytes must be that of the release.
 */
export async function streamed(reader: S3, writer: S3, source: Copied, target: S3Object, part = PART): Promise<boolean> {
  const metadata = { source: sourceMark(source), sha256: source.sha256 };
  const size = Math.max(part, Math.ceil(source.size / MOST_PARTS));
  const isMarked = (existing?: S3Version): existing is S3Version => (
    existing?.size === source.size && existing.metadata('source') === metadata.source && existing.metadata('sha256') === metadata.sha256
  );
  const existing = await writer.look(target);
  if (isMarked(existing) && existing.checksumSha256 === await checksumOf(reader, source, size)) return false;
  const isWhole = source.size <= size;
  const checksum = await (isWhole ? asWhole(reader, writer, source, target, metadata) : inParts(reader, writer, source, target, size, metadata));
  const copy = await writer.look(target);
  if (!isMarked(copy) || copy.checksumSha256 !== checksum) throw new Error(`${nameOf(target)} was written and is not what was released`);
  return true;
}

/** As S3 says it of a copy. That of a copy in parts is made of its parts: the release is read once more. */
async function checksumOf(reader: S3, source: Copied, size: number): Promise<string> {
  if (source.size <= size && !isOfParts(source)) return Buffer.from(source.sha256, 'hex').toString('base64');
  return readThrough(reader, source, size, () => Promise.resolve());
}

async function asWhole(reader: S3, writer: S3, source: Copied, target: S3Object, metadata: Record<string, string>): Promise<string> {
  let bytes: Buffer = Buffer.alloc(0);
  const checksum = await readThrough(reader, source, source.size, (all) => {
    bytes = all;
    return Promise.resolve();
  });
  await writer.write(target, bytes, { metadata });
  return checksum;
}

async function inParts(reader: S3, writer: S3, source: Copied, target: S3Object, size: number, metadata: Record<string, string>): Promise<string> {
  const uploadId = await writer.beginUpload(target, { metadata });
  try {
    const parts: string[] = [];
    const checksum = await readThrough(reader, source, size, async (bytes) => {
      parts.push(await writer.writePart(target, uploadId, parts.length + 1, bytes));
    });
    await writer.completeUpload(target, uploadId, parts);
    return checksum;
  } catch (error) {
    await writer.abortUpload(target, uploadId).catch(() => undefined); // the bucket forgets it after some days anyway
    throw error;
  }
}

/**
 * One part after the other: the digest is that of the whole, and no more than a part is in memory.
 *
 * @returns S3's checksum of an object that was written in these parts
 */
async function readThrough(reader: S3, source: Copied, size: number, take: (bytes: Buffer) => Promise<void>): Promise<string> {
  const whole = createHash('sha256');
  const digests: Buffer[] = [];
  for (let from = 0; from < source.size || digests.length === 0; from += size) {
    const bytes = source.size === 0 ? Buffer.alloc(0) : await reader.readBytes(source, [from, Math.min(from + size, source.size) - 1]);
    whole.update(bytes);
    digests.push(digestOf(bytes));
    await take(bytes);
  }
  compare(source, whole.digest('hex'));
  return digests.length === 1 ? digests[0].toString('base64') : `${digestOf(Buffer.concat(digests)).toString('base64')}-${digests.length}`;
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Of what was released in parts the digest is one of digests: then S3's own of each part must do. */
function compare(source: Copied, sha256: string): void {
  if (!isOfParts(source) && source.sha256 !== sha256) throw new Error(`${nameOf(source)} has the SHA-256 ${sha256}, and was released with ${source.sha256}`);
}

function isOfParts({ sha256 }: Copied): boolean {
  return sha256.includes('-');
}
