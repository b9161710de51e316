import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '..');

/**
 * What `bundle:handlers` makes of the sources, and what constructs read at the synthesis of whoever uses the package: a package
 * without it installs and compiles, and dies there.
 */
export function requiredBundles(): string[] {
  const handlers = path.join(ROOT, 'src', 'handlers'), seedCode = path.join(ROOT, 'src', 'mlops', 'seed-code');
  const has = (name: string, file: string) => fs.existsSync(path.join(handlers, name, file));
  return [
    ...fs.readdirSync(handlers).filter((name) => has(name, 'index.ts')).map((name) => `assets/handlers/${name}.js`),
    ...fs.readdirSync(handlers).filter((name) => has(name, 'main.ts')).map((name) => `assets/handlers/${name}.js.br`),
    ...fs.readdirSync(seedCode).filter((name) => name !== 'shared').map((name) => `assets/seed-code/${name}.zip.br`),
    'assets/cli/cdk-secure-mlops.js',
    'assets/monitor.zip.br',
    'assets/notebook.gz',
    'assets/compression.js',
  ];
}

/** Ends with 1 and says what is missing, before anything is packaged. */
function main(): void {
  const missing = requiredBundles().filter((file) => !fs.existsSync(path.join(ROOT, file)));
  if (missing.length === 0) return;
  console.error(`The package would lack ${missing.join(', ')}, and an app that uses it would fail when it is synthesized. Run "npx projen compile" first.`);
  process.exitCode = 1;
}

if (require.main === module) main();
