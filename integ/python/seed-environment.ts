import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { virtualEnvironment } from './environment';

const ROOT = resolve(__dirname, '..', '..');
/** Where projects are in the sources, without what they share. */
const SOURCES = { train: 'seed-code/train', fineTune: 'seed-code/fine-tune', deploy: 'seed-code/deploy', batch: 'seed-code/batch', image: 'seed-code/image', monitor: 'monitor' };

/** The seed code's projects as repositories get them, and the program that monitors run, with its tests. */
export const PROJECTS = {
  ...Object.fromEntries(['train', 'deploy', 'batch', 'image'].map((name) => [name, join(ROOT, 'assets', 'seed-code', name)])) as Record<'train' | 'deploy' | 'batch' | 'image', string>,
  fineTune: join(ROOT, 'assets', 'seed-code', 'fine-tune'),
  monitor: join(ROOT, 'src', 'mlops', 'monitor'),
};

/**
 * The Python environment of the seed code, `.venv-seed/` in the root: what its projects name with their versions, and what comes
 * with it. Made on first use (about a minute), then kept until the versions change.
 *
 * @returns path of the Python interpreter in it
 */
export function seedEnvironment(log: (line: string) => void = () => {}): string {
  return virtualEnvironment('.venv-seed', [...new Set(Object.values(SOURCES).flatMap((project) => pinsOf(join(ROOT, 'src', 'mlops', project))))], log);
}

function pinsOf(project: string): string[] {
  return [...readFileSync(join(project, 'pyproject.toml'), 'utf8').matchAll(/"([\w-]+==[\w.]+)"/g)].map(([, pin]) => pin);
}

if (require.main === module) console.log(seedEnvironment((line) => console.error(line)));
