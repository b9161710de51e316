import { churn } from './churn-app';
import { wrongConditions } from './statement-conditions';

test('every action exists, and sends every key that its conditions name', async () => {
  expect(await wrongConditions(churn().reader.allPolicies())).toEqual([]);
}, 60_000);
