import { churn } from './churn-app';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

const system = churn({ props: () => ({ sharedSpaces: true }) });
const simulator = new Simulator();

test.each(readScenarios('shared-spaces'))('$id: $why', async (scenario) => {
  const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
  expect({ outcome, detail: outcome === scenario.expect ? '' : detail }).toEqual({ outcome: scenario.expect, detail: '' });
});

/** What the option opens, and to whom: nothing else of the rows about Studio and roles changes. */
const opened = ({ who, on, does }: Scenario) => /^(studioExecution|dataPreparation)$/.test(who) && /^sagemaker:(Create|Update|Delete)(App|Space)$/.test(does) && /^sharedSpace/.test(on);

test('everything else of Studio stays as it is', async () => {
  const rows = readScenarios('contract', 'own').filter((scenario) => /space|app|profile|studio/i.test(scenario.on) && !opened(scenario));
  expect(rows.length).toBeGreaterThan(100);
  const changed: string[] = [];
  for (const scenario of rows) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== scenario.expect) changed.push(`${scenario.id}: ${detail}`);
  }
  expect(changed).toEqual([]);
}, 300_000);
