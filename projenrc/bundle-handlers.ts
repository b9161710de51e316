import * as fs from 'fs';
import * as path from 'path';
import { BuildOptions, buildSync } from 'esbuild';

/**
 * Bundles what is in `src/handlers/<name>/` into `assets/handlers/<name>.js`. CommonJS, because CloudFormation stores
 * inline code as `index.js`.
 *
 * - `index.ts` is a Lambda handler. The AWS SDK stays outside: the Lambda runtime brings it along.
 * - `main.ts` is a program of a build step. Build images have Node.js and no SDK, so it takes its parts of the SDK along.
 */
const KINDS: Record<string, BuildOptions> = {
  'index.ts': { target: 'node22', external: ['@aws-sdk/*', '@smithy/*'] },
  'main.ts': { target: 'node20', mainFields: ['module', 'main'] },
};
/** What tools leave in a directory of Python code. */
const CACHES = /(^|[/\\])(__pycache__|\.venv|\.pytest_cache|\.ruff_cache|\.mypy_cache|\.ipynb_checkpoints|build|[^/\\]+\.egg-info)$/;
const root = path.resolve(__dirname, '..');
const source = path.join(root, 'src', 'handlers');
const target = path.join(root, 'assets', 'handlers');

fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(target, { recursive: true });
if (fs.existsSync(source)) {
  for (const name of fs.readdirSync(source).sort()) {
    const kind = Object.keys(KINDS).find((file) => fs.existsSync(path.join(source, name, file)));
    if (kind === undefined) continue;
    buildSync({
      ...KINDS[kind],
      entryPoints: [path.join(source, name, kind)],
      outfile: path.join(target, `${name}.js`),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      charset: 'utf8',
      legalComments: 'none',
    });
  }
}

// Seed code of projects ships beside the handlers: `src/` does not.
const seeds = path.join(root, 'src', 'mlops', 'seed-code'), shipped = path.join(root, 'assets', 'seed-code');
fs.rmSync(shipped, { recursive: true, force: true });
if (fs.existsSync(seeds)) fs.cpSync(seeds, shipped, { recursive: true, filter: (file) => !CACHES.test(file) });
