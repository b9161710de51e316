import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { beyondRemaining } from './remaining';
import { circlesOf, filesBelow, importsOf, parse, SRC } from './source-files';

const FILES = filesBelow(SRC);
const SOURCES = FILES.map((file) => parse(join(SRC, file)));
const roomOf = (path: string) => path.split('/')[0];

test('a file is read in one sitting: fewer than 300 lines', () => {
  expect(FILES.filter((_, index) => SOURCES[index].getLineStarts().length > 300)).toEqual([]);
});

test('a folder is taken in at a glance: at most 35 files', () => {
  const folders = [...new Set(FILES.map((file) => dirname(file)))];
  const of = (folder: string) => FILES.filter((file) => dirname(file) === folder).length;
  const large = folders.filter((folder) => of(folder) > 35).map((folder) => ({ room: roomOf(folder), name: `${folder}: ${of(folder)} files` }));
  expect(beyondRemaining('largeFolders', large)).toEqual([]);
});

test('files do not lead to one another in a circle, not even by types alone, which the linter passes over', () => {
  const circles = circlesOf(new Map(SOURCES.map((source) => [source.fileName, importsOf(source)])));
  expect(beyondRemaining('circles', circles.map((files) => ({ room: roomOf(files[0]), name: files.join(' -> ') })))).toEqual([]);
});

test.each(['cli', 'handlers', 'private'])('the map of src/%s names everything in it', (folder) => {
  const map = readFileSync(join(SRC, folder, 'README.md'), 'utf8');
  const entries = readdirSync(join(SRC, folder)).filter((name) => name !== 'README.md');
  expect(entries.filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
});
