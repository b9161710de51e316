import { createHash } from 'crypto';
import { nameOf, S3, S3Object } from '../aws/s3';
import { Copied, sourceMark } from '../release/artifact';

/** What is in memory of an object at a time. */
const PART = 64 * 1024 ** 2;
/** S3 takes so many parts of an object. */
const MOST_PARTS = 10_000;

/**
 * Copies a released object into another account, once: read as one identity and written as another, so that neither has to let
 * the other in.
 */
export async function streamed(reader: S3, writer: S3, source: Copied, target: S3Object, part = PART): Promise<boolean> {
  const metadata = { source: sourceMark(source), sha256: source.sha256 };
  const isThere = async () => {
    const there = await writer.look(target);
    return there !== undefined && there.size === source.size && there.metadata('source') === metadata.source && there.metadata('sha256') === metadata.sha256;
  };
  if (await isThere()) return false;
  const size = Math.max(part, Math.ceil(source.size / MOST_PARTS));
  if (source.size <= size) {
    const bytes = source.size === 0 ? Buffer.alloc(0) : await reader.readBytes(source, [0, source.size - 1]);
    compare(source, createHash('sha256').update(bytes).digest('hex'));
    await writer.write(target, bytes, { metadata });
  } else {
    await inParts(reader, writer, source, target, size, metadata);
  }
  if (!await isThere()) throw new Error(`${nameOf(target)} was written and is not what was released`);
  return true;
}

/** One part after the other: the digest is that of the whole, and no more than a part is in memory. */
async function inParts(reader: S3, writer: S3, source: Copied, target: S3Object, size: number, metadata: Record<string, string>): Promise<void> {
  const uploadId = await writer.beginUpload(target, { metadata });
  try {
    const digest = createHash('sha256');
    const parts: string[] = [];
    for (let from = 0; from < source.size; from += size) {
      const bytes = await reader.readBytes(source, [from, Math.min(from + size, source.size) - 1]);
      digest.update(bytes);
      parts.push(await writer.writePart(target, uploadId, parts.length + 1, bytes));
    }
    compare(source, digest.digest('hex'));
    await writer.completeUpload(target, uploadId, parts);
  } catch (error) {
    await writer.abortUpload(target, uploadId).catch(() => undefined); // the bucket forgets it after some days anyway
    throw error;
  }
}

/** Of what was released in parts the digest is one of digests: then S3's own of each part must do. */
function compare(source: Copied, sha256: string): void {
  const isOfParts = source.sha256.includes('-');
  if (!isOfParts && source.sha256 !== sha256) throw new Error(`${nameOf(source)} has the SHA-256 ${sha256}, and was released with ${source.sha256}`);
}
