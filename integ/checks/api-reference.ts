import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { command } from './consumers/command';

const ROOT = resolve(__dirname, '..', '..');

/** Whether API.md says what the compiled library offers. */
export async function apiReference(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const file = join(folder, 'API.md');
    await command(process.execPath, [join(ROOT, 'node_modules', 'jsii-docgen', 'bin', 'jsii-docgen'), '-o', file], { cwd: ROOT });
    const generated = readFileSync(file, 'utf8').split('\n');
    const committed = readFileSync(join(ROOT, 'API.md'), 'utf8').split('\n');
    const line = Array.from({ length: Math.max(generated.length, committed.length) }).findIndex((_, index) => generated[index] !== committed[index]);
    if (line < 0) return '';
    throw new Error(`API.md is not of this library; line ${line + 1} says "${committed[line] ?? ''}" and would say "${generated[line] ?? ''}".`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
