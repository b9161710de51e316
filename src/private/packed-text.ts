import { join } from 'path';
import type { gzipSync } from 'fflate';

/** Bundled by the library's build: as a package it would be a dependency of every app. */
const COMPRESSION = join(__dirname, '..', '..', 'assets', 'compression.js');

/** gzip says when a text was written: the same text is the same bytes. */
const NO_DATE = 0;

/** A text gzipped and in base64: a third of what it has as it is. By the same bytes on every machine, which the zlib of Node.js does not promise. */
export function packedText(text: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const compression = require(COMPRESSION) as { gzipSync: typeof gzipSync };
  return Buffer.from(compression.gzipSync(Buffer.from(text), { level: 9, mtime: NO_DATE })).toString('base64');
}
