import { churn } from './churn-app';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { ModelPromotion } from '../../src';

const simulator = new Simulator();
const fetching = readScenarios('fetching');
const opened = { props: () => ({ enableSageMakerModelAccess: true }), targetProps: () => ({ enableSageMakerModelAccess: true }) };
const ofCopies = ({ on }: Scenario) => on.includes(':cop');

/**
 * Rows of every day that the option gives up: nothing tells SageMaker's own network from others, so that model roles read from
 * everywhere.
 */
const givenUp = ({ expect, who, does, on }: Scenario) => expect === 'deny' && ['s3:GetObject', 's3:ListBucket'].includes(does)
  && /^(shared:)?release(Object|Bucket)$/.test(on) && /^((overgrown|inData):)?(modelExecution|batchInference|(target|production)ModelExecution)$/.test(who);
const everyDay = readScenarios('contract', 'own').filter((scenario) => !givenUp(scenario) && /release|copies|model/i.test(scenario.on));

async function broken(system: ReturnType<typeof churn>, scenarios: Scenario[]): Promise<string[]> {
  const found: string[] = [];
  for (const scenario of scenarios) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== scenario.expect) found.push(`${scenario.id}: ${scenario.who} ${scenario.does} ${scenario.on} from ${scenario.from}: ${detail}`);
  }
  return found;
}

test('where models are open to SageMaker, it fetches releases for the model roles alone', async () => {
  expect(await broken(churn(opened), [...fetching.filter((scenario) => !ofCopies(scenario)), ...everyDay])).toEqual([]);
}, 300_000);

test('where models are open to SageMaker, it fetches copies for the target\'s model role alone', async () => {
  expect(await broken(churn({ ...opened, promotion: ModelPromotion.copy() }), fetching.filter(ofCopies))).toEqual([]);
}, 300_000);

test('without the option nothing is fetched from SageMaker\'s own network', async () => {
  const closed = fetching.map((scenario): Scenario => ({ ...scenario, expect: 'deny' })).filter(({ from, does }) => from === 'serviceNetwork' && does.startsWith('s3:'));
  expect(await broken(churn(), closed.filter((scenario) => !ofCopies(scenario)))).toEqual([]);
  expect(await broken(churn({ promotion: ModelPromotion.copy() }), closed.filter(ofCopies))).toEqual([]);
}, 300_000);
