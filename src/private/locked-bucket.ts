import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
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

/**
 * A bucket of what a construct notes, which nobody of another account reaches, whatever else is allowed.
 *
 * @param sid of the statement that keeps others out
 */
export function bucketOfNotes(scope: Construct, id: string, key: IKey, sid: string, props: BucketProps): Bucket {
  const bucket = new Bucket(scope, id, { ...LOCKED, ...encryptedBy(key), enforceSSL: true, ...props });
  bucket.addToResourcePolicy(new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:*'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions: notOfAccount(Stack.of(scope).account),
  }));
  keepWithoutFlag(bucket);
  keepPolicyWith(bucket);
  return bucket;
}

/** Whoever is of another account, or of none: a request that says nothing of its account is not of ours. */
export function notOfAccount(account: string) {
  return { StringNotEqualsIfExists: { 'aws:PrincipalAccount': account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
}
