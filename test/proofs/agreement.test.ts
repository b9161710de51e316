import fc from 'fast-check';
import { Situation } from './sampled-requests';
import { Solver } from './solver';
import { churn } from '../access/churn-app';
import { NamedPolicy, PolicyStatement } from '../access/policy-document';
import { ACCOUNTS } from '../access/request/organization';
import { readScenarios, Scenario } from '../access/scenario';
import { AccessRequest, Simulator } from '../access/simulator';
import { trialOf } from '../access/trial';

/** Every eleventh of the access rows, which are more than 12,000, and so many requests drawn beside each. */
const EVERY = 11, NEAR = 9;
/** Every so many of these are asked by somebody with a permissions boundary. */
const BOUNDED = 4;
const system = churn(), simulator = new Simulator();

/** What boundaries allow: all but some things, with a deny of its own, or what somebody else is allowed. */
const BOUNDARIES = [
  [{ Effect: 'Allow', NotAction: ['iam:*', 's3:Put*'], Resource: '*' }] as PolicyStatement[],
  [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: ['s3:Get*', 'kms:*', 'sagemaker:Create*'], Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNTS.target.id } } }] as PolicyStatement[],
  ...['studioExecution', 'jobExecution', 'targetDeployment'].map((who) => (
    system.who({ who } as Scenario)!.identityPolicies!.flatMap(({ document }) => document.Statement))),
].map((Statement, at): NamedPolicy => ({ name: `boundary-${at}`, kind: 'boundary', document: { Version: '2012-10-17', Statement } }));

function bounded(request: AccessRequest, at: number): AccessRequest {
  const { who } = request;
  if (at % BOUNDED > 0 || who.account === undefined) return request;
  return { ...request, who: { ...who, boundary: BOUNDARIES[at / BOUNDED % BOUNDARIES.length] } };
}

interface Requests {
  readonly situation: Situation;
  readonly rows: AccessRequest[];
}

/** Requests of the access rows, those of one caller on one thing together. */
async function situations(): Promise<Requests[]> {
  const found = new Map<string, Requests>();
  for (const request of readScenarios('contract', 'own').filter((_, at) => at % EVERY === 0).map((scenario, at) => bounded(trialOf(scenario, system).request, at))) {
    const { action, who, on, endpointPolicy } = request;
    const own = who.identityPolicies?.map((policy) => policy.name);
    const name = JSON.stringify([
      action.split(':')[0], who.kind, who.arn, who.account, own, who.boundary?.name, who.context, on.arn, on.account, on.policy?.name, endpointPolicy?.name,
    ]);
    const { situation, rows } = found.get(name) ?? { situation: await Situation.of(request), rows: [] };
    if (situation.covers(request)) found.set(name, { situation, rows: [...rows, request] });
  }
  return [...found.values()];
}

test('of the access rows, and of thousands of requests near them, the encoding says what the simulator says', async () => {
  const solver = await Solver.start();
  const script: string[] = [], asked: { request: AccessRequest; outcome: string }[] = [];
  for (const [number, { situation, rows }] of (await situations()).entries()) {
    const name = `allowed-${number}`;
    script.push(situation.definition(name));
    const requests = rows.flatMap((row, at) => [row, ...fc.sample(situation.near(row), { numRuns: NEAR, seed: number * 1_000 + at })]);
    for (const request of requests) {
      const { outcome } = await simulator.decide(request);
      if (outcome === 'undecided') continue; // nothing is called so
      asked.push({ request, outcome });
      script.push(await situation.call(name, request));
    }
  }
  const answers = solver.values(script);
  const different = asked.filter(({ outcome }, at) => outcome !== (answers[at] === 'true' ? 'allow' : 'deny'));

  expect(different.map(({ request: { action, who, on, context }, outcome }) => `${outcome}: ${who.name} ${who.boundary?.name} ${action} ${on.arn} ${JSON.stringify(context)}`).slice(0, 5)).toEqual([]);
  expect(asked.length).toBeGreaterThan(10_000);
  expect(asked.filter(({ outcome }) => outcome === 'allow').length).toBeGreaterThan(1_500);
  expect(asked.filter(({ request: { who }, outcome }) => who.boundary && outcome === 'allow').length).toBeGreaterThan(100);
  expect(answers).toHaveLength(asked.length);
}, 600_000);
