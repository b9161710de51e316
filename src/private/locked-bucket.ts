import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { arnIn } from './arn';
import { usedByEvents, usedByLogs } from './key-users';
import { keepPolicyWith, keepWithoutFlag, removalOf } from './removal';

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

/** The key of what a construct notes, of its logs and of undelivered events. */
export function keyOfNotes(scope: Construct, description: string): Key {
  const key = new Key(scope, 'Key', { description, enableKeyRotation: true, removalPolicy: removalOf(scope, undefined) });
  keepWithoutFlag(key);
  return key;
}

/** What writing and reading notes, and keeping undelivered events, asks of the key. */
export const NOTING = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * Lets a function that notes, CloudWatch Logs and EventBridge use a key; an imported one has to allow it already. A key of another stack
 * would need this one for the role, as this one needs it for the key: there the account's own statement in the key's policy lets the
 * role's policy decide.
 *
 * @param sid of the statement for the function
 */
export function letNote(scope: Construct, key: IKey, role: IRole, sid: string): void {
  const { region, account } = Stack.of(scope);
  const statements = [
    ...Stack.of(key) === Stack.of(scope) ? [new PolicyStatement({ sid, principals: [role], actions: NOTING, resources: ['*'] })] : [], // in a key policy: this key
    ...usedByLogs(scope, { logGroups: arnIn(scope, 'logs', '*'), region, sids: ['UsedByCloudWatchLogs', 'DescribedByCloudWatchLogs'] }),
    usedByEvents('UsedByEventBridge', account),
  ];
  for (const statement of statements) key.addToResourcePolicy(statement);
}
