import { ControlsSystem } from './controls-system';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

const system = new ControlsSystem();
const simulator = new Simulator();
const scenarios = readScenarios('controls');

async function broken(expect: Scenario['expect']): Promise<string[]> {
  const found: string[] = [];
  for (const scenario of scenarios.filter((one) => one.expect === expect)) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== expect) found.push(`${scenario.id}: ${scenario.who} ${scenario.does} ${scenario.on} (${scenario.why}): ${detail}`);
  }
  return found;
}

test('nobody who works in an environment silences its controls, and these read no data, open nothing and become nobody else', async () => {
  expect(await broken('deny')).toEqual([]);
}, 300_000);

test('the controls do their work', async () => {
  expect(await broken('allow')).toEqual([]);
}, 300_000);

test('what is denied to people is possible: an administrator of the account does it, but writes no record and becomes no role of the controls', async () => {
  const silencing = scenarios.filter(({ who, expect }) => who === 'dataScientist' && expect === 'deny');
  expect(silencing.length).toBeGreaterThan(40);
  const refused: string[] = [];
  for (const scenario of silencing) {
    const { outcome } = await tryOut(trialOf({ ...scenario, who: 'accountAdministrator', expect: 'allow' }, system), simulator);
    if (outcome !== 'allow') refused.push(`${scenario.does} ${scenario.on}`);
  }
  expect(refused).toEqual(['s3:PutObject record', 's3:DeleteObject record', 'sts:AssumeRole correctiveRole', 'sts:AssumeRole trailDeliveryRole']);
}, 300_000);
