import { readFileSync } from 'fs';
import { join } from 'path';
import { churn } from './churn-app';
import { asAdministrator, organizationAround } from './organization';
import { readScenarios, Scenario } from './scenario';
import { Decision, Simulator } from './simulator';
import { Trial, trialOf, tryOut } from './trial';
import { printFigures } from '../oracles/figures';

/** Rows that come out otherwise within the organization, and why that is right. */
interface Difference {
  readonly why: string;
  readonly rows: string[];
}

const differences = JSON.parse(readFileSync(join(__dirname, 'organization-differences.json'), 'utf8')) as Record<'denied' | 'allowed', Difference[]>;
const explained = (which: keyof typeof differences) => differences[which].flatMap(({ rows }) => rows).sort();

const system = churn();
const simulator = new Simulator(organizationAround(system)), alone = new Simulator();
const trials = readScenarios('contract', 'own').map((scenario) => trialOf(scenario, system));
const expected = (outcome: Scenario['expect']) => trials.filter(({ scenario }) => scenario.expect === outcome);

/** The same request of somebody to whom every identity policy allows everything, within the organization. */
async function outcomeOf(trial: Trial): Promise<Decision['outcome']> {
  const { outcome } = await tryOut({ ...trial, request: { ...trial.request, who: asAdministrator(trial.request.who) } }, simulator);
  return outcome;
}

/** Whether the perimeter or a guardrail denies something, and not only nothing allows it. */
function isHeld({ analyses }: Decision): boolean {
  return analyses.some(({ identityAnalysis, permissionBoundaryAnalysis, resourceAnalysis, endpointAnalysis }) =>
    (endpointAnalysis !== undefined && endpointAnalysis.result !== 'Allowed')
    || [identityAnalysis, permissionBoundaryAnalysis, resourceAnalysis].some((part) => (part?.denyStatements.length ?? 0) > 0));
}

describe('where every identity policy is AdministratorAccess', () => {
  test('what the perimeter or a guardrail denies is denied as before', async () => {
    const open: string[] = [], figures = { 'rows': 0, 'denied as before': 0, 'left to identities': 0 };
    // Of those who were administrators before, whom the organization can only deny more, every row has been seen.
    for (const trial of expected('deny').filter(({ request }) => request.who.identityPolicies !== undefined)) {
      figures.rows += 1;
      if (await outcomeOf(trial) === 'deny') figures['denied as before'] += 1;
      else if (isHeld(await tryOut(trial, alone))) open.push(trial.scenario.id);
      else figures['left to identities'] += 1;
    }
    printFigures('organization', figures);
    expect(open.sort()).toEqual(explained('denied'));
  }, 900_000);

  test('what works without the organization works within it', async () => {
    const broken: string[] = [];
    for (const trial of expected('allow')) if (await outcomeOf(trial) !== 'allow') broken.push(trial.scenario.id);
    expect(broken.sort()).toEqual(explained('allowed'));
  }, 900_000);
});
