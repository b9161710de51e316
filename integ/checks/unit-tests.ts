import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { command, CommandFailed } from './consumers/command';
import { TestCount } from './test-count';

const ROOT = resolve(__dirname, '..', '..');

/** Runs jest; its output ends with a line of how many tests ran, whether they pass or not. */
export async function unitTests(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jest-'));
  const file = join(folder, 'results.json');
  const counted = (output: string) => (existsSync(file) ? `${output}\n${TestCount.ofJest(readFileSync(file, 'utf8'))}` : output);
  try {
    return counted(await command(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest'), '--ci', '--maxWorkers=1', '--json', `--outputFile=${file}`], { cwd: ROOT }));
  } catch (error) {
    throw error instanceof CommandFailed ? new CommandFailed(error.message, counted(error.output)) : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
