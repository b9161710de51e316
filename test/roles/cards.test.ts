import { readFileSync } from 'fs';
import { join } from 'path';
import { ROWS, tableOf } from './card-table';
import { rolesOfEnvironment } from './fixture';
import { EnvironmentRole } from '../../src/names';
import { CARDS, cardOf, EXECUTION_ROLES } from '../../src/roles/cards';
import { actionsOf } from '../oracles/authorization/reference';

const ROOM = join(__dirname, '../../src/roles');
const roles = rolesOfEnvironment();
const nameOf = (role: EnvironmentRole) => `churn--${role}-eu-west-1`;

test.each(CARDS.map((card) => [card.role, card] as const))('%s is allowed nothing of what it never does', async (role, { never }) => {
  const allowed = new Set((await Promise.all(roles.allowed(nameOf(role)).map(actionsOf))).flat());
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
  const shown = (role: EnvironmentRole) => cardOf(role).id.replace(/^./, (letter) => letter.toLowerCase());
  expect(tableOf('../identity/README.md', 'role | starts jobs').map((row) => row.slice(0, 3))).toEqual(EXECUTION_ROLES.map(({ role, passes = {} }) => [
    `\`${shown(role)}\``,
    roles.allowed(nameOf(role)).includes('sagemaker:CreateTrainingJob') ? 'yes' : 'no',
    Object.values(passes).flat().map((one) => (one === role ? 'itself' : `\`${shown(one)}\``)).join(', ') || 'nothing',
  ]));
});

test('every role of an environment in its account has a card', () => {
  expect(CARDS.map(({ role }) => role).sort()).toEqual(Object.values(EnvironmentRole).sort());
});

test.each(CARDS.map(({ role }) => role))('%s has a file of its own', (role) => {
  const name = role.toUpperCase().replace(/-/g, '_');
  expect(readFileSync(join(ROOM, `${role}.ts`), 'utf8')).toMatch(new RegExp(`export const ${name}: RoleCard`));
});
