import { Resource, Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * Only while the bucket is ours: names of buckets are free again when a bucket is deleted, and whoever takes the name would
 * receive what jobs write and give what models read. Whose a bucket from outside is, its owner knows.
 */
export function ofItsOwner(bucket: IBucket): Record<string, Record<string, string>> | undefined {
  return Resource.isOwnedResource(bucket) ? { StringEquals: { 'aws:ResourceAccount': Stack.of(bucket).account } } : undefined;
}
