import { churn } from './churn-app';
import { asAdministrator, organizationAround } from './organization';
import { readScenarios, Scenario } from './scenario';
import { Decision, Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

const system = churn();
const organization = organizationAround(system, { permissionsBoundaryArn: 'arn:aws:iam::*:policy/boundary', deniedActions: ['sagemaker:CreateHub'] });
const simulator = new Simulator(organization);
const scenarios = readScenarios('organization');
const alone = new Set<string>();

async function asked(scenario: Scenario): Promise<Decision> {
  const trial = trialOf(scenario, system);
  return tryOut({ ...trial, request: { ...trial.request, who: asAdministrator(trial.request.who) } }, simulator);
}

/** The statements of the organization that deny a request, where nothing else does. */
function deniedBy({ analyses }: Decision): string[] {
  if (analyses.some(({ resourceAnalysis, endpointAnalysis }) => (resourceAnalysis?.denyStatements.length ?? 0) > 0 || (endpointAnalysis && endpointAnalysis.result !== 'Allowed'))) return [];
  return [...new Set(analyses.flatMap(({ scpAnalysis, rcpAnalysis }) => [...scpAnalysis?.ouAnalysis ?? [], ...rcpAnalysis?.ouAnalysis ?? []])
    .flatMap(({ denyStatements }) => denyStatements.map(({ statement }) => statement.sid()!)))];
}

test.each(scenarios)('$id: $who $does $on from $from: $why', async (scenario) => {
  const decision = await asked(scenario);
  const sids = deniedBy(decision);
  if (sids.length === 1) alone.add(sids[0]);
  expect({ outcome: decision.outcome, sids: scenario.expect === decision.outcome ? [] : sids }).toEqual({ outcome: scenario.expect, sids: [] });
});

test('every statement is all that denies some row', () => {
  const policies = [...organization.serviceControl, ...organization.resourceControl];
  const sids = policies.flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid!));
  expect(sids.filter((sid) => !alone.has(sid))).toEqual([]);
});

test('no two rows have the same id', () => {
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
});
