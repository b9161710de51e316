import { AbortMultipartUploadCommand, DeleteObjectsCommand, S3Client, paginateListMultipartUploads, paginateListObjectVersions } from '@aws-sdk/client-s3';
import type { ObjectIdentifier } from '@aws-sdk/client-s3';
import { answering } from '../cloudformation/respond';

const s3 = new S3Client({ maxAttempts: 8 });

/** Empties a bucket before CloudFormation deletes it. Creation and update do nothing: what is in a bucket stays until it goes. */
export const handler = answering(async (event) => {
  const bucket = String(event.ResourceProperties.BucketName);
  if (event.RequestType === 'Delete') await empty(bucket);
  return { physicalResourceId: `emptied-${bucket}` };
});

async function empty(bucket: string): Promise<void> {
  try {
    await deleteVersions(bucket);
    await abortUploads(bucket);
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucket') return; // somebody was faster
    throw error;
  }
}

/** Deleting what a page lists does not disturb the next page: it begins after the last key of this one. */
async function deleteVersions(bucket: string): Promise<void> {
  for await (const page of paginateListObjectVersions({ client: s3 }, { Bucket: bucket })) {
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (versions.length > 0) await deleteAll(bucket, versions.map(({ Key, VersionId }) => ({ Key: Key!, VersionId })));
  }
}

async function deleteAll(bucket: string, objects: ObjectIdentifier[]): Promise<void> {
  const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }));
  if (Errors.length > 0) {
    const [first] = Errors;
    throw new Error(`${Errors.length} objects of ${bucket} cannot be deleted, among them ${first.Key} (${first.Code}: ${first.Message})`);
  }
}

async function abortUploads(bucket: string): Promise<void> {
  for await (const page of paginateListMultipartUploads({ client: s3 }, { Bucket: bucket })) {
    for (const { Key, UploadId } of page.Uploads ?? []) await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
}
