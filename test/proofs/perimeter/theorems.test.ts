import { counterexample } from './counterexample';
import { ROLES, whoWorksAs } from './roles';
import { faultsOf, Theorem } from './theorem';
import { BUCKETS, KEYS, OTHER_BUCKETS, Theorems, WITHOUT_KEYS } from './theorems';
import { churn } from '../../access/churn-app';
import { Simulator } from '../../access/simulator';
import { and, not, or } from '../encoding/terms';
import { Solver } from '../solver';

const system = churn(), theorems = new Theorems(system);
const OTHERS = Object.keys(OTHER_BUCKETS) as (keyof typeof OTHER_BUCKETS)[];
let solver: Solver;
beforeAll(async () => { solver = await Solver.start(); });

/** What is wrong with a theorem, with a request that shows it, and what the simulator says of it. */
async function faults(theorem: Theorem): Promise<string[]> {
  const found = faultsOf([theorem], solver);
  const shown = counterexample(theorem.asset, and(theorem.about, not(or(...theorem.permitted.map(({ request }) => request)))), solver);
  if (!shown) return found;
  const { outcome } = await new Simulator().decide(shown);
  return [...found, `${outcome}: ${shown.who.arn} ${shown.action} ${shown.on.arn} ${JSON.stringify(shown.context)}`];
}

test.each([...BUCKETS, ...KEYS])('nobody but trusted identities does anything to %s', async (on) => {
  expect(await faults(await theorems.trustedIdentities(on))).toEqual([]);
});

test.each(BUCKETS)('nobody but the named roles does anything to %s from outside the expected networks, and they what is named only', async (on) => {
  expect(await faults(await theorems.expectedNetworks(on))).toEqual([]);
});

test.each([...BUCKETS, ...OTHERS, ...WITHOUT_KEYS])('nothing is done to %s but over TLS', async (on) => {
  expect(await faults(await theorems.encryptedInTransit(on))).toEqual([]);
});

test.each([...BUCKETS, ...OTHERS])('nothing is written to %s but with its own key', async (on) => {
  expect(await faults(await theorems.encryptedWithItsKey(on))).toEqual([]);
});

test.each(KEYS)('nothing is encrypted or decrypted with %s from outside the network but by S3 and SageMaker, for those who are named', async (on) => {
  expect(await faults(await theorems.usedElsewhere(on))).toEqual([]);
});

test.each(ROLES)('nobody works as %s but whom it is for, on behalf of its account', async (role) => {
  expect(await faults(await whoWorksAs(role, system))).toEqual([]);
});
