import { readFileSync } from 'fs';
import { join } from 'path';
import { ROWS } from './card-table';
import { RolesOfEnvironment } from './fixture';
import { CARDS } from '../../src/roles/cards';
import { actionsOf } from '../oracles/authorization/reference';

const ROOM = join(__dirname, '../../src/roles');
const roles = new RolesOfEnvironment();

test.each(CARDS.map((card) => [card.role, card] as const))('%s is allowed nothing of what it never does', async (role, { never }) => {
  const allowed = new Set((await Promise.all(roles.allowed(role).map(actionsOf))).flat());
  const forbidden = (await Promise.all(never.map(actionsOf))).flat();
  expect(allowed.size).toBeGreaterThan(0);
  expect(forbidden.filter((action) => allowed.has(action))).toEqual([]);
});

test.each(CARDS.flatMap(({ role, never }) => never.map((pattern) => [role, pattern] as const)))('%s never does %s, which AWS knows', async (_, pattern) => {
  expect(await actionsOf(pattern)).not.toEqual([]);
});

test('the table of the room is what the cards say', () => {
  const [, table] = /\| role \| assumed by \|.*\n\|[-|]+\n((?:\|.*\n)+)/.exec(readFileSync(join(ROOM, 'README.md'), 'utf8')) ?? ['', ''];
  expect(table.trim().split('\n').map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()))).toEqual(ROWS);
});

test.each(CARDS.map(({ role }) => role))('%s has a file of its own', (role) => {
  const name = role.toUpperCase().replace(/-/g, '_');
  expect(readFileSync(join(ROOM, `${role}.ts`), 'utf8')).toMatch(new RegExp(`export const ${name}: RoleCard`));
});
