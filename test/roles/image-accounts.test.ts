import { readFileSync } from 'fs';
import { join } from 'path';
import { imageAccountsIn } from '../../src/roles/statements/image-account-list';

/** What projects run their jobs and endpoints with. */
const { frameworks, accounts } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'src', 'mlops', 'seed-code', 'shared', 'pipeline', 'images.json'), 'utf8')) as {
  frameworks: Record<string, { accounts: string; training: string; inference: string }>;
  accounts: Record<string, Record<string, string>>;
};

test.each(Object.entries(accounts).flatMap(([kind, byRegion]) => Object.entries(byRegion).map(([region, account]) => [kind, region, account])))(
  'roles may pull the images of projects (%s) that AWS keeps in %s', (_, region, account) => {
    expect(imageAccountsIn(region)).toContain(account);
  });

test.each(Object.entries(frameworks))('the images of %s are of accounts that are known, and have a tag', (_, { accounts: kind, training, inference }) => {
  expect(Object.keys(accounts)).toContain(kind);
  expect([training, inference]).toEqual([expect.stringMatching(/^[a-z-]+:[\w.-]+$/), expect.stringMatching(/^[a-z-]+:[\w.-]+$/)]);
});
