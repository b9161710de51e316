import { existsSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { apiDocs, writtenApiDocs } from '../../projenrc/api-docs';

const ROOT = resolve(__dirname, '..', '..');

/** Whether API.md and the pages of the rooms say what the compiled library offers. */
export async function apiReference(): Promise<string> {
  const expected = apiDocs();
  const faults = [...new Set([...expected.keys(), ...writtenApiDocs()])].flatMap((file) => differenceOf(file, expected.get(file)));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return '';
}

function differenceOf(file: string, expected: string | undefined): string[] {
  if (expected === undefined) return [`${file} is about a room that has no public types.`];
  if (!existsSync(join(ROOT, file))) return [`${file} is missing.`];
  const would = expected.split('\n');
  const says = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const line = Array.from({ length: Math.max(would.length, says.length) }).findIndex((_, index) => would[index] !== says[index]);
  return line < 0 ? [] : [`${file} is not of this library: line ${line + 1} says "${says[line] ?? ''}" and would say "${would[line] ?? ''}".`];
}
