import { readFileSync } from 'fs';
import { join } from 'path';
import { Asset } from './asset';
import { ROLES, whoWorksAs } from './roles';
import { faultsOf } from './theorem';
import { BUCKETS, KEYS, Theorems } from './theorems';
import { churn } from '../../access/churn-app';
import { Mutant, mutantsOf } from '../../access/mutants';
import { listOf } from '../../access/policy-document';
import { matchesFormat } from '../../oracles/authorization/arn-format';
import { Solver } from '../solver';

const system = churn(), theorems = new Theorems(system);
/** What the rows do not notice either, by their explanations. */
const SURVIVORS = (JSON.parse(readFileSync(join(__dirname, '..', '..', 'access', 'survivors.json'), 'utf8')) as { mutant: string }[])
  .map(({ mutant }) => new RegExp(`^${mutant.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*')}$`));

/** The statements, each dropped, of all policies that have a say, but for what is about other buckets. */
function dropped({ parts: { arn }, policies }: Asset): Mutant[] {
  return policies.flatMap(mutantsOf).filter(({ name, policy, index }) => {
    const { Resource, NotResource } = policy.document.Statement[index];
    const concerned = NotResource !== undefined || listOf(Resource).some((pattern) => [arn, `${arn}/x`].some((format) => matchesFormat(pattern, format)));
    return name.endsWith(' dropped') && concerned && !SURVIVORS.some((pattern) => pattern.test(name));
  });
}

test.each([...BUCKETS, ...KEYS])('a statement that is dropped from what protects %s breaks a theorem', async (on) => {
  const solver = await Solver.start();
  const found = await theorems.about(on);
  const mutants = dropped(found[0].asset);
  const unnoticed = mutants.filter(({ policy, document }) => faultsOf(found, solver, new Map([[policy.name, document]])).length === 0);

  expect(mutants.length).toBeGreaterThan(5);
  expect(unnoticed.map(({ name }) => name)).toEqual([]);
}, 300_000);

test.each(ROLES)('a statement that is dropped from the trust policy of %s breaks a theorem', async (role) => {
  const solver = await Solver.start();
  const theorem = await whoWorksAs(role, system);
  const mutants = mutantsOf(theorem.asset.parts.policy).filter(({ name }) => / dropped$| for everybody$/.test(name) && !SURVIVORS.some((pattern) => pattern.test(name)));
  const unnoticed = mutants.filter(({ policy, document }) => faultsOf([theorem], solver, new Map([[policy.name, document]])).length === 0);

  expect(mutants.length).toBeGreaterThan(0);
  expect(unnoticed.map(({ name }) => name)).toEqual([]);
});
