import { Place } from './place';

/** Whether a key is there, and does not wait for its deletion. */
export async function isKey({ aws }: Place, KeyId: string): Promise<boolean> {
  const question = { action: 'kms:DescribeKey', subject: `the key ${KeyId}`, absent: ['NotFoundException'] };
  const answer = await aws.json<{ KeyMetadata: { KeyState: string } }>('kms', 'TrentService', question, { KeyId });
  return answer !== undefined && answer.KeyMetadata.KeyState !== 'PendingDeletion';
}
