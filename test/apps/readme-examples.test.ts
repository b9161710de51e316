import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, relative, resolve } from 'path';
import * as ts from 'typescript';

const ROOT = resolve(__dirname, '..', '..');
/** What an example that imports nothing may take for granted. */
const FIXTURE = `
import { App, Duration, RemovalPolicy, Stack, Tags, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_s3 as s3, aws_sns as sns } from 'aws-cdk-lib';
import * as secure from 'cdk-secure-mlops';
declare const app: App;
declare const stack: Stack;
`;

/** A fenced block of TypeScript, as a file beside the README that it is in. */
interface Example {
  readonly file: string;
  readonly where: string;
  readonly source: string;
}

const EXAMPLES = readmes().flatMap(examplesOf);

test('every README has its place and its examples', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(readmes().length);
});

test('every example of every README compiles', () => {
  const sources = new Map(EXAMPLES.map(({ file, source }) => [file, source]));
  const options = { ...tsconfig(), noEmit: true, skipLibCheck: true, noUnusedLocals: false, rootDir: undefined, outDir: undefined, paths: { 'cdk-secure-mlops': [join(ROOT, 'src', 'index.ts')] } };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const source = sources.get(file);
    return source === undefined ? getSourceFile(file, languageVersion, ...rest) : ts.createSourceFile(file, source, languageVersion);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const errors = EXAMPLES.flatMap(({ file, where }) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
  expect(errors).toEqual([]);
}, 120_000);

function readmes(): string[] {
  const rooms = readdirSync(join(ROOT, 'src')).map((room) => join(ROOT, 'src', room, 'README.md'));
  return [join(ROOT, 'README.md'), ...rooms].filter((file) => existsSync(file));
}

function examplesOf(readme: string): Example[] {
  const text = readFileSync(readme, 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code], index) => ({
    file: readme.replace(/README\.md$/, `readme-example-${index}.ts`),
    where: `${relative(ROOT, readme)}:${text.slice(0, text.indexOf(code)).split('\n').length}`,
    source: /^import /m.test(code) ? code : FIXTURE + code,
  }));
}

function tsconfig(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'));
  return ts.convertCompilerOptionsFromJson((config as { compilerOptions: object }).compilerOptions, ROOT).options;
}
