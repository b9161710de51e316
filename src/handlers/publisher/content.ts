import { createHash } from 'crypto';
import { brotliDecompressSync, gunzipSync } from 'zlib';
import type { Properties, Source } from './properties';

/** Reads the bytes of an object. */
type Read = (source: Source) => Promise<Uint8Array>;

/** The bytes of an object: the same for the same properties. */
export async function contentOf({ BucketName, Key, Content, Encoding, Source, Replacements = {} }: Properties, read: Read): Promise<Uint8Array> {
  const to = `${BucketName}/${Key}`;
  return replaced(Source === undefined ? unpacked(Content!, Encoding, to) : Buffer.from(await fetched(Source, read, to)), Replacements);
}

/** What somebody else has put there is not published. */
export async function fetched(source: Source, read: Read, to: string): Promise<Uint8Array> {
  const from = `${source.Bucket}/${source.Key}`;
  const bytes = await read(source).catch((error: unknown) => {
    const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(`${to} is as it was: its source ${from} could not be read (${told})`);
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest === source.Sha256) return bytes;
  throw new Error(`${to} is as it was: its source ${from} is not what was deployed, but has the digest ${digest} in place of ${source.Sha256}`);
}

function unpacked(text: string, encoding: Properties['Encoding'], to: string): Buffer {
  if (encoding !== 'gzip' && encoding !== 'brotli') return Buffer.from(text);
  try {
    return (encoding === 'gzip' ? gunzipSync : brotliDecompressSync)(Buffer.from(text, 'base64'));
  } catch (error) {
    throw new Error(`nothing was published to ${to}: what is said to be ${encoding} in base64 is not (${(error as Error).message})`);
  }
}

/** In one pass, so that nothing is replaced in what has just been filled in; bytes without a placeholder need be no text. */
export function replaced(bytes: Buffer, replacements: Record<string, string>): Buffer {
  const placeholders = Object.keys(replacements).filter((placeholder) => bytes.includes(placeholder)).sort((one, other) => other.length - one.length);
  if (placeholders.length === 0) return bytes;
  const any = new RegExp(placeholders.map((placeholder) => placeholder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return Buffer.from(bytes.toString('utf8').replace(any, (placeholder) => replacements[placeholder]));
}
