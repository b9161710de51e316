import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, BucketEncryption, BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';

/** What every bucket of ours is. TLS is demanded by its policy. */
export const LOCKED: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  versioned: true,
};

/** What a bucket is that a key of ours encrypts. */
export function encryptedBy(encryptionKey: IKey): BucketProps {
  return { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true };
}
