import { churnAndNeighbour } from './churn-app';
import { readScenarios } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';

test('two environments of one account keep apart', async () => {
  const system = churnAndNeighbour();
  const simulator = new Simulator();
  const broken: string[] = [];
  for (const scenario of readScenarios('neighbour')) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.who} ${scenario.does} ${scenario.on} from ${scenario.from}: ${detail}`);
  }
  expect(broken).toEqual([]);
}, 180_000);
