import { existsSync, readFileSync } from 'fs';

/** The JSON object in a file; the error says what is wrong with it, for whoever wrote it. */
export function jsonObjectIn<T extends object>(file: string): T {
  if (!existsSync(file)) throw new Error(`${file} is not there`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is not JSON`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error(`${file} is not a JSON object`);
  return content as T;
}
