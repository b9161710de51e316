import { readFileSync } from 'fs';
import { join } from 'path';
import { publicTypes } from './public-api';
import { SRC } from './source-files';

const TYPES = new Map(publicTypes().map((type) => [type.name, type]));

/** The table of the README of environments: what a construct has for its users, and what it deliberately has not. */
const TABLE = readFileSync(join(SRC, 'environment', 'README.md'), 'utf8').split('\n')
  .filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && TYPES.has(cells[0].replace(/`/g, '')))
  .map(([name, ...cells]) => [name.replace(/`/g, ''), cells] as const);

/** A method or property by which CDK users grant, measure, connect and import. */
const FIRST_DAY = /^(grant(?!Principal)[A-Z]\w*|metric[A-Z]\w*|connections|from(?!Stack)[A-Z]\w*)$/;
const nameOf = ({ name }: { readonly name: string }) => name.split('.')[1];

test.each(TABLE)('%s has what the table says', (name, [grants, metrics, connections, imports]) => {
  const members = TYPES.get(name)!.members.map(nameOf);
  const said = [grants, metrics, connections, imports].flatMap((cell) => [...cell.replace(/\(.*?\)/g, '').matchAll(/`(\w+)`/g)].map(([, word]) => word));
  expect(said.filter((word) => !members.includes(word))).toEqual([]);
});

test.each(TABLE)('the table says what %s has', (name, cells) => {
  const own = TYPES.get(name)!.members.map(nameOf).filter((member) => FIRST_DAY.test(member));
  const groups = new Set(own.map((member) => (member.startsWith('metric') ? 'metric' : member)));
  expect([...groups].filter((member) => !cells.some((cell) => cell.includes(`\`${member}`)))).toEqual([]);
});

test('every construct that has such a member is in the table', () => {
  const having = [...TYPES.values()].filter(({ bases, members }) => bases.some((base) => base === 'Construct' || base === 'Resource')
    && members.map(nameOf).some((member) => FIRST_DAY.test(member)));
  expect(having.map(({ name }) => name).filter((name) => !TABLE.some(([row]) => row === name))).toEqual([]);
});
