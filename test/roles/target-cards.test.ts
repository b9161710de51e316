import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { tableOf, TARGET_ROWS } from './card-table';
import { rolesOfTarget } from './fixture';
import { TargetParameter, TargetRole } from '../../src/names';
import { TARGET_CARDS } from '../../src/roles/targets/cards';
import { filesBelow, SRC } from '../conventions/source-files';
import { actionsOf } from '../oracles/authorization/reference';

const FOLDER = join(__dirname, '../../src/roles/targets');
const roles = rolesOfTarget();

test.each(TARGET_CARDS.map((card) => [card.role, card] as const))('%s is allowed nothing of what it never does', async (role, { never }) => {
  const allowed = new Set((await Promise.all(roles.allowed(`churn--staging--${role}-eu-west-1`).map(actionsOf))).flat());
  const forbidden = (await Promise.all(never.map(actionsOf))).flat();
  expect(allowed.size).toBeGreaterThan(0);
  expect(forbidden.filter((action) => allowed.has(action))).toEqual([]);
});

const NEVER = TARGET_CARDS.flatMap(({ role, never }) => never.map((pattern) => [role, pattern] as const));
test.each(NEVER)('%s never does %s, which AWS knows', async (_, pattern) => {
  expect(await actionsOf(pattern)).not.toEqual([]);
});

test('the table of targets is what the cards say', () => {
  expect(tableOf('../targets/README.md', 'role | assumed by').map((row) => row.slice(0, 6))).toEqual(TARGET_ROWS);
});

/** Flow logs are the network's: their role has the card of environments, and a name of ours only where it exists already. */
const NAMED = Object.entries(TargetRole).filter(([, role]) => role !== TargetRole.FLOW_LOGS);

test('every role of a target has a card', () => {
  expect(TARGET_CARDS.map(({ role }) => role).sort()).toEqual(NAMED.map(([, role]) => role).sort());
});

test('every parameter of a target that holds the ARN of a role is of a card', () => {
  const parameters = Object.values(TargetParameter).map(({ path }) => path).filter((path) => path.endsWith('-role-arn'));
  expect(TARGET_CARDS.flatMap(({ publishedAs }) => publishedAs?.path ?? []).sort()).toEqual(parameters.sort());
});

test.each(NAMED)('%s has a file of its own', (constant) => {
  const text = readFileSync(join(FOLDER, `${constant.toLowerCase().replace(/_/g, '-')}.ts`), 'utf8');
  expect(text).toContain(`export const ${constant}: TargetRoleCard`);
});

describe('a role that is made without a card', () => {
  const MAKES = /\bnew (Role|CfnRole|ServiceRole|InlineHandler)\(|\bnamedRole\((?!scope: )/;
  const making = filesBelow(SRC).filter((file) => MAKES.test(readFileSync(join(SRC, file), 'utf8'))).sort();

  test('is in the table of files that make roles, with what is said instead', () => {
    const listed = tableOf('README.md', 'file | makes').map(([file]) => /\((.*)\)/.exec(file)![1]);
    expect(listed.map((file) => file.replace(/^\.\.\//, '')).sort()).toEqual(making);
    expect(listed.filter((file) => !existsSync(join(SRC, 'roles', file)))).toEqual([]);
  });
});
