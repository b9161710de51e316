import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { BuildOptions, buildSync } from 'esbuild';
import { gzipSync, Zippable, zipSync } from 'fflate';
import { ARCHIVED } from './archived';

/**
 * Bundles what is in `src/handlers/<name>/` into `assets/handlers/<name>.js`. CommonJS, because CloudFormation stores
 * inline code as `index.js`.
 *
 * - `index.ts` is a Lambda handler. Clients of the AWS SDK stay outside: the Lambda runtime brings them along.
 * - `main.ts` is a program of a build step. Build images have Node.js and no SDK, so it takes its parts of the SDK along;
 *   templates carry it compressed (`<name>.js.br`).
 */
const KINDS: Record<string, BuildOptions> = {
  'index.ts': { target: 'node22', external: ['@aws-sdk/client-*'], mainFields: ['module', 'main'] },
  'main.ts': { target: 'node20', mainFields: ['module', 'main'] },
};
/** What tools leave in a directory of Python code. */
const CACHES = /(^|[/\\])(__pycache__|\.venv|\.pytest_cache|\.ruff_cache|\.mypy_cache|\.ipynb_checkpoints|build|[^/\\]+\.egg-info)$/;
/** The directory of the package that a bundled file is from. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const root = path.resolve(__dirname, '..');
const source = path.join(root, 'src', 'handlers');
const target = path.join(root, 'assets', 'handlers');

fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(target, { recursive: true });
const taken = new Set<string>();
if (fs.existsSync(source)) {
  for (const name of fs.readdirSync(source).sort()) {
    const kind = Object.keys(KINDS).find((file) => fs.existsSync(path.join(source, name, file)));
    if (kind === undefined) continue;
    const outfile = path.join(target, `${name}.js`);
    const { metafile } = buildSync({
      ...KINDS[kind],
      ...entryOf(path.join(source, name), kind),
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      charset: 'utf8',
      legalComments: 'none',
      metafile: true,
    });
    for (const input of Object.keys(metafile.inputs)) for (const directory of input.match(PACKAGE) ?? []) taken.add(directory);
    if (kind === 'main.ts') compressed(outfile, fs.readFileSync(outfile));
  }
}
// What constructs compress texts and pack files with when an app is synthesized.
const compression = buildSync({
  stdin: {
    contents: "import { zipSync } from 'fflate'; import { ARCHIVED } from './projenrc/archived';"
      + "export { gzipSync } from 'fflate'; export const archiveOf = (files) => zipSync(files, ARCHIVED);",
    resolveDir: root,
  },
  outfile: path.join(root, 'assets', 'compression.js'),
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  legalComments: 'none',
  metafile: true,
});
for (const input of Object.keys(compression.metafile.inputs)) for (const directory of input.match(PACKAGE) ?? []) taken.add(directory);
// The command that people call, which finds nothing beside it where it is installed.
fs.rmSync(path.join(root, 'assets', 'cli'), { recursive: true, force: true });
const command = buildSync({
  entryPoints: [path.join(root, 'src', 'cli', 'main.ts')],
  outfile: path.join(root, 'assets', 'cli', 'cdk-secure-mlops.js'),
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '#!/usr/bin/env node' },
  metafile: true,
});
fs.chmodSync(path.join(root, 'assets', 'cli', 'cdk-secure-mlops.js'), 0o755);
for (const input of Object.keys(command.metafile.inputs)) for (const directory of input.match(PACKAGE) ?? []) taken.add(directory);
fs.writeFileSync(path.join(target, 'THIRD-PARTY-LICENSES.txt'), licensesOf([...taken].sort()));

// Seed code of projects and the program of monitors ship beside the handlers: `src/` does not.
// What projects share that write SageMaker pipelines is laid into each of their repositories, which need nothing else.
const python = path.join(root, 'src', 'mlops'), shared = path.join(python, 'seed-code', 'shared');
for (const name of ['seed-code', 'monitor', 'monitor.zip.br']) fs.rmSync(path.join(root, 'assets', name), { recursive: true, force: true });
for (const project of fs.readdirSync(path.join(python, 'seed-code')).filter((name) => name !== 'shared')) {
  const from = path.join(python, 'seed-code', project), to = path.join(root, 'assets', 'seed-code', project);
  if (fs.existsSync(path.join(from, 'pipeline'))) shipped(shared, to, (file) => !CACHES.test(file));
  shipped(from, to, (file) => !CACHES.test(file));
}
// What projects that train and projects that fine-tune have in common is the training project's, and how all of them read their configuration.
for (const file of [
  ...['config_file', 'gate', 'hyper_parameters', 'manifest', 'monitored', 'program', 'quality_gate', 'schema', 'serve', 'tracking'].map((name) => `training/${name}.py`),
  ...['__init__', 'comparison', 'figure', 'metric', 'numerals', 'page', 'style', 'svg'].map((name) => `training/report/${name}.py`),
  ...['outline', 'parameters', 'previous', 'steps', 'tuning', 'values'].map((name) => `pipeline/${name}.py`),
  'tuned.py',
]) {
  fs.copyFileSync(path.join(python, 'seed-code', 'train', file), path.join(root, 'assets', 'seed-code', 'fine-tune', file));
}
for (const file of ['config_file', 'schema']) {
  for (const [project, code] of [['batch', 'batch'], ['deploy', 'endpoint_test'], ['image', 'image_build']]) {
    fs.copyFileSync(path.join(python, 'seed-code', 'train', 'training', `${file}.py`), path.join(root, 'assets', 'seed-code', project, code, `${file}.py`));
  }
}
// What a model may answer, the check of predictions and the test of endpoints say by the same words.
fs.copyFileSync(path.join(python, 'seed-code', 'batch', 'batch', 'answer.py'), path.join(root, 'assets', 'seed-code', 'deploy', 'endpoint_test', 'answer.py'));
// What drift is, and what a prompt is in numbers, monitors and projects say by the same words.
fs.copyFileSync(path.join(python, 'monitor', 'distance.py'), path.join(root, 'assets', 'seed-code', 'train', 'training', 'report', 'distance.py'));
fs.copyFileSync(path.join(python, 'monitor', 'texts.py'), path.join(root, 'assets', 'seed-code', 'fine-tune', 'training', 'texts.py'));
shipped(path.join(python, 'monitor'), path.join(root, 'assets', 'monitor'), (file) => fs.statSync(file).isDirectory() ? path.basename(file) === 'monitor' : file.endsWith('.py'));
// What Studio's applications run as they start, and what they then have: as scripts carry it, which unpack it by commands that
// every image has. Without a date, so that the same text is the same bytes; without comments, which templates have no room for; and
// together, with a form feed between the files, because what they have in common is then there once.
const notebook = path.join(root, 'src', 'studio', 'notebook');
const scripts = ['secure_mlops.py', 'configure.py'].map((file) => withoutComments(fs.readFileSync(path.join(notebook, file), 'utf8')));
fs.writeFileSync(path.join(root, 'assets', 'notebook.gz'), gzipSync(Buffer.from(scripts.join('\f')), { level: 9, mtime: 0 }));
for (const project of fs.readdirSync(path.join(root, 'assets', 'seed-code'))) packed(path.join(root, 'assets', 'seed-code', project));
packed(path.join(root, 'assets', 'monitor'));

/** A Python file without comments and docstrings that have lines of their own, and without empty lines. */
function withoutComments(text: string): string {
  return text.replace(/^ *"""[^"]*"""\n/gm, '').replace(/^ *#.*\n/gm, '').replace(/\n{2,}/g, '\n');
}

/** Of a Lambda handler, nothing but what Lambda calls is exported: what else bundlers export modules with takes half a kilobyte of each template. */
function entryOf(folder: string, file: string): BuildOptions {
  if (file !== 'index.ts') return { entryPoints: [path.join(folder, file)] };
  return {
    stdin: { contents: "import { handler } from './index'; exports.handler = handler;", resolveDir: folder, loader: 'js' }, banner: { js: '"use strict";' },
  };
}

/** The archive of a directory beside it, as templates carry it (`<name>.zip.br`). */
function packed(directory: string): void {
  const all = fs.readdirSync(directory, { recursive: true }) as string[];
  const files = all.filter((file) => fs.statSync(path.join(directory, file)).isFile()).sort();
  const content: Zippable = Object.fromEntries(files.map((file) => [file.split(path.sep).join('/'), fs.readFileSync(path.join(directory, file))]));
  compressed(`${directory}.zip`, zipSync(content, ARCHIVED));
}

/** By Brotli, a fifth smaller than by gzip: seed code and programs are the bulk of a template. Not at synthesis, which makes the same bytes everywhere. */
function compressed(file: string, bytes: Uint8Array): void {
  const { BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_SIZE_HINT: size } = zlib.constants;
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params: { [window]: 24, [size]: bytes.length } }));
}

/** A directory of Python code, as it is, without what tools and tests need of it. */
function shipped(from: string, to: string, filter: (file: string) => boolean): void {
  fs.cpSync(from, to, { recursive: true, filter });
}

/** What the bundles carry of others asks for its licence to go with it: each text once, under the packages that it is of. */
function licensesOf(packages: string[]): string {
  const byText = new Map<string, Set<string>>();
  for (const directory of packages) {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, directory, 'package.json'), 'utf8')) as Record<string, string>;
    const file = fs.readdirSync(path.join(root, directory)).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? `(${license}, without a text of its own)` : fs.readFileSync(path.join(root, directory, file), 'utf8').trim();
    byText.set(text, (byText.get(text) ?? new Set()).add(`${name} ${version} (${license})`));
  }
  return [...byText].map(([text, names]) => `${[...names].join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
