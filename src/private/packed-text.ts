import { join } from 'path';
import type { gzipSync } from 'fflate';

/** Bundled by the library's build: as a package it would be a dependency of every app. */
const COMPRESSION = join(__dirname, '..', '..', 'assets', 'compression.js');

interface Compression {
  readonly gzipSync: typeof gzipSync;
  readonly archiveOf: (files: Record<string, Uint8Array>) => Uint8Array;
}

/** gzip says when a text was written: the same text is the same bytes. */
const NO_DATE = 0;

/** A text, or bytes, gzipped and in base64: a third of what it has as it is. By the same bytes on every machine, which the zlib of Node.js does not promise. */
export function packedText(text: string | Uint8Array): string {
  return Buffer.from(compression().gzipSync(Buffer.from(text as string), { level: 9, mtime: NO_DATE })).toString('base64');
}

/** Texts by their paths, as a zip archive: the same files are the same bytes, in any order, at any time and place. */
export function archiveOf(files: Record<string, string>): Uint8Array {
  const sorted = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  return compression().archiveOf(Object.fromEntries(sorted.map(([path, text]) => [path, Buffer.from(text)])));
}

function compression(): Compression {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(COMPRESSION) as Compression;
}
