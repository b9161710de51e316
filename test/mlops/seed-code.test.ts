import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { brotliDecompressSync } from 'zlib';
import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { everyBlueprint } from './blueprints';
import { SeedCode } from '../../src';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'seed-code-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(files: Record<string, string | Buffer>, root = folder): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

test('the library\'s own has a README for people', () => {
  expect(Object.keys(SeedCode.train().files)).toContain('README.md');
  expect(Object.keys(SeedCode.deploy().files)).toContain('README.md');
});

test('a directory of text, with its folders', () => {
  expect(SeedCode.fromDirectory(put({ 'a.py': 'print("ä")\n', 'tests/data/b.csv': 'x,y\r\n' })).files).toEqual({ 'a.py': 'print("ä")\n', 'tests/data/b.csv': 'x,y\r\n' });
});

test('is in the same order on every machine', () => {
  expect(Object.keys(SeedCode.fromDirectory(put({ 'z.py': '', 'a/z.py': '', 'B.py': '', 'a.py': '' })).files)).toEqual(['B.py', 'a.py', 'a/z.py', 'z.py']);
});

test.each([
  '.git/HEAD', '.venv/bin/python', 'src/__pycache__/a.txt', '.pytest_cache/README.md', '.ruff_cache/a', '.mypy_cache/a', 'node_modules/a/index.js',
  'notebooks/.ipynb_checkpoints/a.ipynb', '.DS_Store', 'src/a.pyc',
])('leaves %s out, which machines make', (path) => {
  expect(Object.keys(SeedCode.fromDirectory(put({ [path]: 'x', 'README.md': 'x' })).files)).toEqual(['README.md']);
});

test.each(['.gitignore', '.github/workflows/ci.yml', 'git.py', 'src/venv.md'])('keeps %s, which people write', (path) => {
  expect(Object.keys(SeedCode.fromDirectory(put({ [path]: 'x' })).files)).toEqual([path]);
});

test('whatever text a file holds, and wherever it is, comes out as it went in', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
  const files = fc.dictionary(fc.tuple(name, name).map(([directory, file]) => `${directory}-d/${file}.py`), fc.string({ unit: 'grapheme', maxLength: 40 }), { minKeys: 1, maxKeys: 6 });
  fc.assert(fc.property(files, (given) => {
    const root = mkdtempSync(join(folder, 'drawn-'));
    expect(SeedCode.fromDirectory(put(given, root)).files).toEqual({ ...given });
  }), { numRuns: 50 });
});

describe('bad input', () => {
  test('a directory that does not exist', () => {
    expect(() => SeedCode.fromDirectory('/nowhere')).toThrow('[SeedCode.fromDirectory] path must be a directory that exists, got "/nowhere"');
  });

  test('a file', () => {
    expect(() => SeedCode.fromDirectory(join(put({ 'a.py': '' }), 'a.py'))).toThrow('path must be a directory that exists');
  });

  test('a directory with nothing in it that would be published', () => {
    expect(() => SeedCode.fromDirectory(put({ '.git/HEAD': 'x' }))).toThrow('[SeedCode] files must be at least one, got 0');
  });

  test('a binary file, by its name', () => {
    expect(() => SeedCode.fromDirectory(put({ 'data/model.bin': Buffer.from([0xff, 0xfe, 0x00]) })))
      .toThrow('[SeedCode.fromDirectory] data/model.bin must be text in UTF-8, got "data/model.bin". Leave binary files out, or let the code make them');
  });

  test('any bytes that are not UTF-8', () => {
    const text = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf8').equals(Buffer.from(bytes));
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }).filter((bytes) => !text(bytes)), (bytes) => {
      const root = mkdtempSync(join(folder, 'drawn-'));
      expect(() => SeedCode.fromDirectory(put({ a: Buffer.from(bytes) }, root))).toThrow('a must be text in UTF-8');
    }), { numRuns: 50 });
  });
});

test.each(Object.entries(everyBlueprint()).map(([name, { seedCode }]) => [name, seedCode!] as const))(
  'the archive that the build has made for %s holds exactly its files', (_, seedCode) => {
    const archive = unzipSync(brotliDecompressSync(Buffer.from(seedCode._packed!, 'base64')));
    expect(Object.fromEntries(Object.entries(archive).map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]))).toEqual(seedCode.files);
  });
