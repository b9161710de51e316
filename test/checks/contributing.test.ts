import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..', '..');

/** A block of code whose first line names its file: a file that is new, or a part of one with lines that come and go. */
interface Block {
  readonly kind: string;
  readonly file: string;
  readonly text: string;
}

const BLOCKS = [...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^```(ts|diff)\n\/\/ (src\/\S+)\n([\s\S]*?)^```/gm)]
  .map(([, kind, file, text]): Block => ({ kind, file, text }));

/** The file with the block in it. */
function applied({ kind, file, text }: Block, before: string | undefined): string {
  if (kind === 'ts') return text;
  const lines = text.trimEnd().split('\n');
  const [old, changed] = ['+', '-'].map((left) => lines.filter((line) => !line.startsWith(left)).map((line) => line.slice(1)).join('\n'));
  if (before?.split(old).length !== 2) throw new Error(`${file} has not once: ${old}`);
  return before.replace(old, () => changed);
}

/** An environment with all that was added; what it has of it is printed. */
const LOOK = `
import { App, Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, ProjectBlueprint } from './src';
const app = new App(), stack = new Stack(app, 'Stack', { suppressTemplateIndentation: true });
const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
environment.addProjectTemplate('Models', { blueprint: ProjectBlueprint.modelGroup() });
process.stdout.write(JSON.stringify(app.synth().getStackByName('Stack').template));
`;

describe('what CONTRIBUTING adds', () => {
  let copy: string;
  let template: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'contributing-'));
    for (const name of ['src', 'tsconfig.json', 'package.json']) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    for (const name of ['node_modules', 'assets']) symlinkSync(join(ROOT, name), join(copy, name));
    for (const block of BLOCKS) {
      const file = join(copy, block.file);
      writeFileSync(file, applied(block, block.kind === 'ts' ? undefined : readFileSync(file, 'utf8')));
    }
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  const node = (program: string, ...options: string[]) => execFileSync(process.execPath, [join(ROOT, 'node_modules', program), ...options], { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 });

  test('compiles', () => {
    expect(node('typescript/bin/tsc', '--noEmit')).toBe('');
  }, 600_000);

  test('is synthesized', () => {
    writeFileSync(join(copy, 'look.ts'), LOOK);
    template = node('ts-node/dist/bin.js', '-T', 'look.ts');
  }, 600_000);

  test.each([
    ['an interface endpoint', 'NetworkEndpointsTranslate'],
    ['a guardrail', '"DenyOldMetadataService"'],
    ['a role', 'quality-build'],
    ['a persona', '"Become an auditor'],
    ['a blueprint', 'project-models'],
  ])('is in an environment: %s', (_, text) => {
    expect(template).toContain(text);
  });
});
