import { listOf, longestList, members, refusals, sizeOf, unitOf } from './growth';

describe('deployment to organizational units', () => {
  const { accounts: _, ...one } = sizeOf(1, unitOf(members(1)));

  test.each([10, 100, 1_000, 10_000])('has the same size for %d accounts as for one', (count) => {
    expect(sizeOf(count, unitOf(members(count)))).toEqual({ accounts: count, ...one });
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
