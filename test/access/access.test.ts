import { churn } from './churn-app';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { Trial, trialOf, tryOut } from './trial';

const system = churn();
const simulator = new Simulator();
const trials = readScenarios('contract', 'own').map((scenario) => trialOf(scenario, system));

function linesOf(failures: { scenario: Scenario; detail: string }[]): string[] {
  return failures.map(({ scenario: { id, who, does, on, from, given, why }, detail }) =>
    `${id}: ${who} ${does} ${on} from ${from}${given ? ` ${JSON.stringify(given)}` : ''} (${why}): ${detail}`);
}

async function failuresOf(expect: Scenario['expect']): Promise<string[]> {
  const failures = [];
  for (const trial of trials.filter(({ scenario, waitsFor }) => scenario.expect === expect && !waitsFor)) {
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

test('what waits for a role of a later room is counted, not forgotten', () => {
  const waiting = new Map<string, number>();
  for (const { waitsFor } of trials.filter(isWaiting)) waiting.set(waitsFor, (waiting.get(waitsFor) ?? 0) + 1);
  expect(Object.fromEntries(waiting)).toMatchInlineSnapshot(`
{
  "codeBuild": 28,
  "codePipeline": 13,
  "eventsRole": 1,
  "projectLaunch": 30,
  "release": 2,
}
`);
});

function isWaiting(trial: Trial): trial is Trial & { waitsFor: string } {
  return trial.waitsFor !== undefined;
}
