import { listOf, longestList, members, refusals, sizeOf, unitOf } from './growth';
import { ModelPromotion } from '../../../src';

describe('deployment to organizational units', () => {
  const { accounts: _, ...one } = sizeOf(1, unitOf(members(1)));

  test.each([10, 100, 1_000, 10_000])('has the same size for %d accounts as for one', (count) => {
    expect(sizeOf(count, unitOf(members(count)))).toEqual({ accounts: count, ...one });
  });
});

describe('deployment to organizational units with copies of models', () => {
  const sized = (count: number) => sizeOf(count, unitOf(members(count), ModelPromotion.copy()));
  const { accounts: _, ...one } = sized(1);

  test('has the same size for 10,000 accounts as for one', () => {
    expect(sized(10_000)).toEqual({ accounts: 10_000, ...one });
  });

  test('opens releases to nobody else', () => {
    expect(one.repositoryPolicies).toBe(0);
    expect(one.bucketPolicies).toBeLessThan(sizeOf(1, unitOf(members(1))).bucketPolicies);
  });
});

describe('deployment to a list of accounts', () => {
  const longest = longestList();

  test('has room for some hundred accounts', () => {
    expect(longest).toBeGreaterThan(400);
  });

  test('says for one account more which limit is reached, and what to use instead', () => {
    const [first] = refusals(listOf(members(longest + 1)));
    expect(first).toMatch(/^deploymentStages must fit into a bucket policy of 20480 bytes, got "a bucket policy of \d+ bytes"\. Use DeploymentStage\.organizationalUnits/);
  });
});
