import { GetPublicAccessBlockCommand, PublicAccessBlockConfiguration, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { isNamed, unless } from '../../aws/faults';
import { patient } from '../../aws/sdk';
import { unlessGone } from '../faults';
import { command, Kind } from '../seen';
import { settings } from '../settings';

const s3 = new S3Client(patient());

const BLOCKED: PublicAccessBlockConfiguration = {
  BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true,
};

/** Buckets. Quarantined: public access is blocked, and their policy stays as it is, without effect for the public. */
export const BUCKET: Kind = {
  action: 'block-public-access',
  look: async ({ name: { bucketName: Bucket }, call }) => {
    const { buckets, partition, account: ExpectedBucketOwner } = settings();
    if (!buckets.includes(Bucket)) return undefined;
    const found = await unlessGone(() => blockOf(Bucket, ExpectedBucketOwner));
    if (found === undefined) return undefined;
    const { block } = found;
    return {
      // eslint-disable-next-line no-restricted-syntax -- handlers import no room, arn.ts neither
      arn: `arn:${partition}:s3:::${Bucket}`,
      since: call?.eventId ?? '',
      isActive: true,
      about: { block },
      resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: block } } },
      requests: [],
      correct: () => s3.send(new PutPublicAccessBlockCommand({ Bucket, ExpectedBucketOwner, PublicAccessBlockConfiguration: BLOCKED })),
      undo: [Object.keys(block).length === 0
        ? command('s3api', 'delete-public-access-block', { bucket: Bucket })
        : command('s3api', 'put-public-access-block', { 'bucket': Bucket, 'public-access-block-configuration': JSON.stringify(block) })],
    };
  },
};

/** What a bucket blocks: nothing, where nobody has ever said. */
async function blockOf(Bucket: string, ExpectedBucketOwner: string): Promise<{ readonly block: PublicAccessBlockConfiguration }> {
  const isUnsaid = (error: unknown) => isNamed(error, 'NoSuchPublicAccessBlockConfiguration');
  const said = await unless(isUnsaid, () => s3.send(new GetPublicAccessBlockCommand({ Bucket, ExpectedBucketOwner })));
  return { block: said?.PublicAccessBlockConfiguration ?? {} };
}
