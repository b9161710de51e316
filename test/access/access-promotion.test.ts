import { churn } from './churn-app';
import { groupOf, readScenarios } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { ModelPromotion } from '../../src';

const simulator = new Simulator();
const promotion = ModelPromotion.copy();
/** Rows of the contract that say what a target without copies of its own reads. */
const READING_RELEASES = /^(targetModelExecution|productionModelExecution)$/;
const contract = readScenarios('contract').filter(({ expect, who, on }) => !(expect === 'allow' && READING_RELEASES.test(who) && on.startsWith('release')));

test.each([
  ['by their number and by their unit', undefined],
  ['by their numbers', { staging: 'account', production: 'account' } as const],
  ['by their units', { staging: 'unit', production: 'unit' } as const],
])('targets known %s keep copies of models of their own', async (_, stages) => {
  const system = churn({ promotion, ...stages && { stages } });
  const broken: string[] = [];
  for (const scenario of [...readScenarios('promotion'), ...contract]) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.who} ${scenario.does} ${scenario.on} from ${scenario.from}: ${detail}`);
  }
  expect(broken).toEqual([]);
}, 300_000);

test('rows about copies have ids of their own', () => {
  const ids = readScenarios('promotion').map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(new Set(readScenarios('promotion').map(groupOf))).toEqual(new Set(['promotion']));
});
