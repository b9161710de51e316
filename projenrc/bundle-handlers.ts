import * as fs from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';

/**
 * Bundles every `src/handlers/<name>/index.ts` into `assets/handlers/<name>.js`. The AWS SDK stays outside: the Lambda
 * runtime brings it along. CommonJS, because CloudFormation stores inline code as `index.js`.
 */
const root = path.resolve(__dirname, '..');
const source = path.join(root, 'src', 'handlers');
const target = path.join(root, 'assets', 'handlers');

fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(target, { recursive: true });
if (fs.existsSync(source)) {
  for (const name of fs.readdirSync(source).sort()) {
    const entry = path.join(source, name, 'index.ts');
    if (!fs.existsSync(entry)) continue;
    buildSync({
      entryPoints: [entry],
      outfile: path.join(target, `${name}.js`),
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      external: ['@aws-sdk/*', '@smithy/*'],
      charset: 'utf8',
      legalComments: 'none',
    });
  }
}
