import { AnyPrincipal, Conditions, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { keepPolicyWith, keepWithoutFlag } from './removal';

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

/** Whom a bucket's policy keeps out. */
interface Outsiders {
  readonly sid: string;
  readonly conditions: Conditions;
}

/** A bucket of what a construct notes, which outsiders do not reach whatever else is allowed. */
export function bucketOfNotes(scope: Construct, id: string, key: IKey, { sid, conditions }: Outsiders, props: BucketProps): Bucket {
  const bucket = new Bucket(scope, id, { ...LOCKED, ...encryptedBy(key), enforceSSL: true, ...props });
  bucket.addToResourcePolicy(new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:*'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions,
  }));
  keepWithoutFlag(bucket);
  keepPolicyWith(bucket);
  return bucket;
}

/** Whoever is of another account, or of none. */
export function notOfAccount(account: string) {
  return { StringNotEqualsIfExists: { 'aws:PrincipalAccount': account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
}
