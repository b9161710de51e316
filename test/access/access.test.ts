import { churn } from './churn-app';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

const system = churn();
const simulator = new Simulator();
const trials = readScenarios('contract', 'own').map((scenario) => trialOf(scenario, system));

function linesOf(failures: { scenario: Scenario; detail: string }[]): string[] {
  return failures.map(({ scenario: { id, who, does, on, from, given, why }, detail }) =>
    `${id}: ${who} ${does} ${on} from ${from}${given ? ` ${JSON.stringify(given)}` : ''} (${why}): ${detail}`);
}

async function failuresOf(expect: Scenario['expect']): Promise<string[]> {
  const failures = [];
  for (const trial of trials.filter(({ scenario }) => scenario.expect === expect)) {
    const { outcome, detail } = await tryOut(trial, simulator);
    if (outcome !== expect) failures.push({ scenario: trial.scenario, detail });
  }
  return linesOf(failures);
}

test('nothing leaks', async () => {
  expect(await failuresOf('deny')).toEqual([]);
}, 300_000);

test('every legitimate use works', async () => {
  expect(await failuresOf('allow')).toEqual([]);
}, 300_000);

test('no two scenarios have the same id', () => {
  const ids = trials.map(({ scenario }) => scenario.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
