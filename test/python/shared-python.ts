import { mkdirSync, rmSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { pythonEnvironment } from '../../integ/python/environment';

/**
 * The interpreter of the project's Python environment. Workers of jest begin at the same time: one of them makes the environment
 * if there is none, the others wait for it.
 */
export async function sharedPython(): Promise<string> {
  const lock = join(__dirname, '..', '..', 'node_modules', '.python-environment.lock');
  const taken = () => {
    try {
      return mkdirSync(lock) !== undefined;
    } catch {
      return true;
    }
  };
  for (let tenths = 0; taken() && tenths < 1_800; tenths++) await sleep(100); // longer than it takes: then it was left behind
  try {
    return pythonEnvironment();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
