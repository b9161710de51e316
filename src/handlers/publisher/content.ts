import { brotliDecompressSync, gunzipSync } from 'zlib';
import { zipSync } from 'fflate';
import { ARCHIVED } from './archived';
import type { Properties } from './properties';

/** The bytes of an object: the same for the same properties. */
export function contentOf({ BucketName, Key, Content, Files, Encoding, Replacements = {} }: Properties): Uint8Array {
  const unpack = Encoding === 'gzip' ? gunzipSync : Encoding === 'brotli' ? brotliDecompressSync : undefined;
  const bytesOf = (text: string) => replaced(unpack ? unpacked(unpack, text, `${BucketName}/${Key}: what is said to be ${Encoding}`) : Buffer.from(text), Replacements);
  if (Content !== undefined) return bytesOf(Content);
  const files = Object.entries(Files ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(files.map(([path, text]) => [path, bytesOf(text)])), ARCHIVED);
}

function unpacked(unpack: (bytes: Buffer) => Buffer, text: string, what: string): Buffer {
  try {
    return unpack(Buffer.from(text, 'base64'));
  } catch (error) {
    throw new Error(`nothing was published to ${what} in base64 is not (${(error as Error).message})`);
  }
}

/** In one pass, so that nothing is replaced in what has just been filled in; bytes without a placeholder need be no text. */
function replaced(bytes: Buffer, replacements: Record<string, string>): Buffer {
  const placeholders = Object.keys(replacements).filter((placeholder) => bytes.includes(placeholder)).sort((one, other) => other.length - one.length);
  if (placeholders.length === 0) return bytes;
  const any = new RegExp(placeholders.map((placeholder) => placeholder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return Buffer.from(bytes.toString('utf8').replace(any, (placeholder) => replacements[placeholder]));
}
