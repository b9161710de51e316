import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '../..');

/** The beginning of a parameter's name, as somebody would write it in code. */
export const PARAMETER_NAME = /['"`]\/secure-mlops\//;

/** A table of parameters in the README. */
export class ParameterTable {
  constructor(private readonly type: string) {}

  /** Its cells, without the heading. */
  public rows(): string[][] {
    const [, table] = new RegExp(`\\| path \\| \`${this.type}\` \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`).exec(textOf('src/names/README.md')) ?? ['', ''];
    return table.trim().split('\n').map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
  }
}

/** Files of the repository by their paths. */
export function filesBelow(folder: string, like: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`).filter((path) => like.test(path)).sort();
}

export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
