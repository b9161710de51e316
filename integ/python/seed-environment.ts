import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { virtualEnvironment } from './environment';

/** The seed code's two projects, as they are in the sources. */
export const SEED_PROJECTS = Object.fromEntries(['train', 'deploy'].map((name) => [name, resolve(__dirname, '..', '..', 'src', 'mlops', 'seed-code', name)])) as
  Record<'train' | 'deploy', string>;

/**
 * The Python environment of the seed code, `.venv-seed/` in the root: what both projects name with its version, and what comes
 * with it. Made on first use (about a minute), then kept until the versions change.
 *
 * @returns path of the Python interpreter in it
 */
export function seedEnvironment(log: (line: string) => void = () => {}): string {
  return virtualEnvironment('.venv-seed', [...new Set(Object.values(SEED_PROJECTS).flatMap(pinsOf))], log);
}

function pinsOf(project: string): string[] {
  return [...readFileSync(join(project, 'pyproject.toml'), 'utf8').matchAll(/"([\w-]+==[\w.]+)"/g)].map(([, pin]) => pin);
}

if (require.main === module) console.log(seedEnvironment((line) => console.error(line)));
