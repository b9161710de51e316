import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'zlib';
import { Offer } from './fixture';
import { packedArchiveOf } from '../../src/private/bundles';

const ROOT = resolve(__dirname, '..', '..');
const packed = packedArchiveOf(join(ROOT, 'assets', 'seed-code', 'train'));

function keyOf(publication: { files: Record<string, string>; packed?: string }): string {
  const offer = new Offer();
  offer.foundation._publisher.publish(offer.stack, 'Archive', { folder: 'seed-code', name: 'repository.zip', contentType: 'application/zip', ...publication });
  return offer.published()['seed-code/repository.zip'].Key as string;
}

test('the same archive has the same key, whatever else the package holds: npm leaves .gitignore out', () => {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'));
  const key = keyOf({ files: { 'a.py': 'x', '.gitignore': '*.pyc' }, packed });
  expect(key).toBe(`seed-code/repository-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.zip`);
  expect(keyOf({ files: { 'a.py': 'x' }, packed: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }).toString('base64') })).toBe(key);
});

test('another archive has another key', () => {
  const other = packedArchiveOf(join(ROOT, 'assets', 'seed-code', 'deploy'));
  expect(keyOf({ files: { 'a.py': 'x' }, packed: other })).not.toBe(keyOf({ files: { 'a.py': 'x' }, packed }));
  expect(keyOf({ files: { 'a.py': 'x' } })).not.toBe(keyOf({ files: { 'a.py': 'y' } }));
});

test('two builds, in other places, at other times, in other time zones, pack the same bytes', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'another build-'));
  try {
    for (const folder of ['src', 'projenrc', 'package.json', 'tsconfig.json', 'integ/tsconfig.json']) cpSync(join(ROOT, folder), join(elsewhere, folder), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(elsewhere, 'node_modules'));
    execFileSync(join(ROOT, 'node_modules', '.bin', 'ts-node'), ['-T', '--project', 'integ/tsconfig.json', 'projenrc/bundle-handlers.ts'], {
      cwd: elsewhere, env: { ...process.env, TZ: 'Pacific/Auckland', LC_ALL: 'C' }, stdio: 'inherit',
    });
    expect(digestsIn(join(elsewhere, 'assets'))).toEqual(digestsIn(join(ROOT, 'assets')));
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
}, 240_000);

/** Of everything that is packed and that templates carry. */
function digestsIn(assets: string): Record<string, string> {
  const files = (readdirSync(assets, { recursive: true, encoding: 'utf8' })).filter((file) => /\.(js|gz|br)$/.test(file) && statSync(join(assets, file)).isFile()).sort();
  return Object.fromEntries(files.map((file) => [file, createHash('sha256').update(readFileSync(join(assets, file))).digest('hex')]));
}
