import { matchesFormat } from './arn-format';
import { formsOf, referencedAction } from './reference';
import { ModelPromotion } from '../../../src';
import { churn, churnAndNeighbour } from '../../access/churn-app';
import { readScenarios } from '../../access/scenario';
import { Trial, trialOf } from '../../access/trial';
import { printFigures } from '../figures';

/** Every row of `test/access`, as a request to the environment that it is about. */
function allTrials(): Trial[] {
  const [alone, withNeighbour, promoting] = [churn(), churnAndNeighbour(), churn({ promotion: ModelPromotion.copy() })];
  return [
    ...readScenarios('contract', 'own').map((row) => trialOf(row, alone)),
    ...readScenarios('neighbour').map((row) => trialOf(row, withNeighbour)),
    ...readScenarios('promotion').map((row) => trialOf(row, promoting)),
  ];
}

test('every row of the access tests is about a resource whose ARN has a form that AWS gives to what the action takes', async () => {
  const trials = allTrials();
  const wrong: string[] = [];
  for (const { scenario, request } of trials) {
    const { resources } = await referencedAction(scenario.does);
    const formats = resources.flatMap(formsOf);
    if (formats.length > 0 && !formats.some((format) => matchesFormat(request.on.arn, format))) wrong.push(`${scenario.id}: ${scenario.does} on ${request.on.arn}`);
  }
  expect(wrong).toEqual([]);
  printFigures('service authorization reference', { 'rows of access tests': trials.length });
}, 300_000);
