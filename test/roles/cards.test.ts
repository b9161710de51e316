import { readFileSync } from 'fs';
import { join } from 'path';
import { ROWS } from './card-table';
import { RolesOfEnvironment } from './fixture';
import { EnvironmentRole } from '../../src/names';
import { CARDS, cardOf, EXECUTION_ROLES } from '../../src/roles/cards';
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
  expect(tableOf('README.md', 'role | assumed by')).toEqual(ROWS);
});

test('what execution roles start and pass is in the README of identity', () => {
  const nameOf = (role: EnvironmentRole) => cardOf(role).id.replace(/^./, (letter) => letter.toLowerCase());
  expect(tableOf('../identity/README.md', 'role | starts jobs').map((row) => row.slice(0, 3))).toEqual(EXECUTION_ROLES.map(({ role, passes = {} }) => [
    `\`${nameOf(role)}\``,
    roles.allowed(role).includes('sagemaker:CreateTrainingJob') ? 'yes' : 'no',
    Object.values(passes).flat().map((one) => (one === role ? 'itself' : `\`${nameOf(one)}\``)).join(', ') || 'nothing',
  ]));
});

test('every role of an environment in its account has a card', () => {
  expect(CARDS.map(({ role }) => role).sort()).toEqual(Object.values(EnvironmentRole).sort());
});

test.each(CARDS.map(({ role }) => role))('%s has a file of its own', (role) => {
  const name = role.toUpperCase().replace(/-/g, '_');
  expect(readFileSync(join(ROOM, `${role}.ts`), 'utf8')).toMatch(new RegExp(`export const ${name}: RoleCard`));
});

/** Rows of a table by its first headings. */
function tableOf(file: string, headings: string): string[][] {
  const text = readFileSync(join(ROOM, file), 'utf8');
  const rows = text.slice(text.indexOf(`| ${headings} |`)).split('\n\n')[0].trim().split('\n').slice(2);
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}
