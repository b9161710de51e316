import { readFileSync } from 'fs';
import { join } from 'path';

/** What the library's build bundled of `src/handlers/`. Both `src/private` and `lib/private` are two floors above `assets/`. */
const BUNDLES = join(__dirname, '..', '..', 'assets', 'handlers');

/** The program that monitors run, in Python. */
export const MONITOR = join(__dirname, '..', '..', 'assets', 'monitor');

/** What Studio's applications run and have, in Python. */
const NOTEBOOK = join(__dirname, '..', '..', 'assets', 'notebook.gz');

/** What was read: an app of many environments holds each once. */
const contents = new Map<string, string>();

function contentOf(file: string, encoding: 'utf8' | 'base64'): string {
  const content = contents.get(file) ?? readFileSync(file, encoding);
  contents.set(file, content);
  return content;
}

/** The archive of a directory of `assets/`, compressed by Brotli and in base64: packed by the library's build. */
export function packedArchiveOf(directory: string): string {
  return contentOf(`${directory}.zip.br`, 'base64');
}

/** The code of a handler or program, by the name of its folder in `src/handlers/`. */
export function bundleOf(name: string): string {
  return contentOf(join(BUNDLES, `${name}.js`), 'utf8');
}

/** The code of a program, compressed by Brotli and in base64: packed by the library's build. */
export function packedBundleOf(program: string): string {
  return contentOf(join(BUNDLES, `${program}.js.br`), 'base64');
}

/** The Python files of Studio's applications, gzipped and in base64, with a form feed between what they import and what runs: packed by the library's build. */
export function packedNotebook(): string {
  return contentOf(NOTEBOOK, 'base64');
}
