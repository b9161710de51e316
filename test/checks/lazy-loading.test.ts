import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { makeLazy, withLazyImports } from '../../projenrc/lazy-loading';

const SOURCES = {
  'index.ts': "export * from './room'; export * from './other';",
  'room/index.ts': "export * from './first'; export * from './second'; export { named } from './named'; export * from './types';",
  'room/first.ts': "console.log('first loaded'); export class First {}; export const named = 'not this one';",
  'room/second.ts': "console.log('second loaded'); export enum Second { A = 'a' }",
  'room/named.ts': "export const named = 'named';",
  'room/types.ts': 'export interface Props { readonly value: string }',
  'other.ts': "import { First } from './room'; export class Other extends First {}",
  'later.ts': "import { Second } from './room/second'; import { First } from './room'; export const first = () => new First(); export const second = () => `${Second.A}, ${Second.A}`;",
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-'));
  mkdirSync(join(folder, 'room'));
  for (const [file, text] of Object.entries(SOURCES)) {
    const { outputText } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  jest.spyOn(console, 'log').mockImplementation(() => {});
  makeLazy(folder);
  jest.restoreAllMocks();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints that begins with the library. */
const printed = (program: string, ...options: string[]) => execFileSync(process.execPath, [...options, '-e', program], { cwd: folder, encoding: 'utf8' }).trim().split('\n');

test('a file is loaded when somebody first uses what is in it, and once', () => {
  expect(printed("const all = require('./index.js'); console.log('began'); all.Second.A; all.Second.A; all.named;")).toEqual(['began', 'second loaded']);
  expect(printed("const { Other } = require('./index.js'); console.log(new Other() instanceof require('./index.js').First)")).toEqual(['first loaded', 'true']);
});

test('all names are there, and what an index names itself comes before what it takes of others', () => {
  expect(printed("const all = require('./index.js'); console.log(Object.keys(all).sort().join(), all.named)")).toEqual(['First,Other,Second,named named']);
});

test('what a file imports is loaded when a line that uses it is run, and once', () => {
  expect(printed("const later = require('./later.js'); console.log('began'); console.log(later.second()); later.second();")).toEqual(['began', 'second loaded', 'a, a']);
  expect(printed("const { first } = require('./later.js'); console.log('began'); console.log(first().constructor.name);")).toEqual(['began', 'first loaded', 'First']);
});

test('lines stay where they are', () => {
  const compiled = transpileModule(SOURCES['later.ts'], { compilerOptions: { module: ModuleKind.CommonJS } }).outputText;
  expect(withLazyImports(compiled).split('\n').length).toBe(compiled.split('\n').length);
});

test('an ES module imports them by their names', () => {
  expect(printed("import { First, Second, named } from './index.js'; console.log(typeof First, Second.A, named)", '--input-type=module')).toContain('function a named');
});

test.each(['index.js', 'later.js'])('%s, which was written already, stays as it is', (file) => {
  const before = readFileSync(join(folder, file), 'utf8');
  makeLazy(folder);
  expect(readFileSync(join(folder, file), 'utf8')).toBe(before);
});
