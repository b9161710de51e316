import { AbortMultipartUploadCommand, DeleteObjectsCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
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

/** What is deleted is not listed again, so the first page is asked for until it is empty. */
async function deleteVersions(bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const versions = [...Versions, ...DeleteMarkers];
    if (versions.length === 0) return;
    await deleteAll(bucket, versions.map(({ Key, VersionId }) => ({ Key: Key!, VersionId })));
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
  for (;;) {
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    if (Uploads.length === 0) return;
    for (const { Key, UploadId } of Uploads) await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
}
