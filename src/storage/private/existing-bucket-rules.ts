import { Stack, Token } from 'aws-cdk-lib';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { isOfAnotherAccount } from '../../private/owner-account';
import { StorageOptions } from '../storage-options';

/** Refuses existing buckets that cannot stand in for new ones. */
export function checkExistingBuckets(storage: Construct, check: InputCheck, props: StorageOptions & { readonly names: EnvironmentNames }): void {
  const { existingBuckets: existing = {}, updateExistingBucketPolicies, names: { account } } = props;
  const { releasesBucket, offlineStore, accessLogsBucket } = existing;
  const ofOthers = (bucket?: IBucket) => bucket !== undefined && isOfAnotherAccount(bucket, account);
  if (ofOthers(releasesBucket)) {
    check.report('existingBuckets.releasesBucket', releasesBucket!.env.account, `be a bucket of the environment's account, ${account}`,
      'Deployment targets read releases of that account only. Leave it out, and copy what was released before');
  }
  if (ofOthers(accessLogsBucket)) {
    check.report('existingBuckets.accessLogsBucket', accessLogsBucket!.env.account, `be a bucket of the environment's account, ${account}`,
      'S3 delivers access logs within an account only');
  }
  check
    .that('existingBuckets.accessLogsBucket', accessLogsBucket, ({ encryptionKey }) => encryptionKey === undefined, 'have no KMS key',
      'S3 delivers access logs to buckets with its own encryption (SSE-S3)')
    .that('existingBuckets.offlineStore', offlineStore, ({ encryptionKey }) => encryptionKey !== undefined, 'have a KMS key', 'Import it with its encryptionKey')
    .unique('existingBuckets', Object.values(existing).filter((bucket: IBucket | undefined) => bucket !== undefined).map((bucket: IBucket) => bucket.node.path),
      'Each trust has a policy of its own, so each needs a bucket of its own');
  const stack = Stack.of(storage), { region } = stack;
  for (const [name, bucket] of Object.entries(existing) as [string, IBucket | undefined][]) {
    checkKey(check, `existingBuckets.${name}.encryptionKey`, bucket?.encryptionKey);
    if (updateExistingBucketPolicies && bucket instanceof Bucket && Stack.of(bucket) !== stack) {
      check.report('updateExistingBucketPolicies', bucket, 'be left out where a given bucket is made in another stack',
        `The two stacks would depend on each other. Make the bucket in the stack ${stack.node.path}, or add what requiredStatements() says to its policy`);
    }
    if (bucket === undefined || Token.isUnresolved(region) || Token.isUnresolved(bucket.env.region) || bucket.env.region === region) continue;
    check.report(`existingBuckets.${name}`, bucket.env.region, `be in the environment's region, ${region}`, 'Replicate the bucket or give one of that region');
  }
}
