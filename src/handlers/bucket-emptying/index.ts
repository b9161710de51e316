import { setTimeout as sleep } from 'timers/promises';
import {
  AbortMultipartUploadCommand, DeleteObjectsCommand, GetBucketTaggingCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectIdentifier } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { endingWithEvent, patient } from '../aws/sdk';
import { answering } from '../cloudformation/respond';

const s3 = endingWithEvent(new S3Client(patient(60_000)));

/** Kept back of the function's time, so that there is some left to say how far it came. */
const RESERVE = 30_000;

/** What S3 says of single objects that may well be deleted a moment later. */
const PASSING = ['InternalError', 'OperationAborted', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown'];

/**
 * Empties a bucket before CloudFormation deletes it. Creation and update do nothing: what is in a bucket stays until it goes.
 * Deletion of this resource does not yet mean that the bucket goes: it is also removed when somebody turns DESTROY back to
 * RETAIN, or when a change that brought it is rolled back. So the bucket itself must say that it is destroyed, by a tag.
 */
export const handler = answering(async (event, context) => {
  const { BucketName, OnlyIfTagged } = event.ResourceProperties;
  const bucket = String(BucketName);
  if (event.RequestType === 'Delete') {
    await unlessGone(async () => {
      if (await isDestroyed(bucket, OnlyIfTagged)) await empty(bucket, context);
    });
  }
  return { physicalResourceId: `emptied-${bucket}` };
});

/** Somebody may be faster. */
async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!is(error, 'NoSuchBucket')) throw error;
  }
}

async function isDestroyed(bucket: string, mark: unknown): Promise<boolean> {
  try {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: bucket }));
    return TagSet.some(({ Key, Value }) => Key === mark && Value === 'true');
  } catch (error) {
    if (is(error, 'NoSuchTagSet')) return false;
    if (is(error, 'NoSuchBucket')) throw error;
    if (isShutOut(error)) return false;
    throw new Error(`${bucket} is as it was: its tags cannot be read, which say whether it is to be emptied (${told(error)})`);
  }
}

/**
 * The bucket's own policy lets this role in as long as the bucket is destroyed, so one that shuts it out is kept. To fail
 * would leave a resource behind that nobody can delete. Denied by anything else, such as a boundary, is a mistake to be told.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
function isShutOut(error: unknown): boolean {
  return is(error, 'AccessDenied') && told(error).includes('explicit deny in a resource-based policy');
}

async function empty(bucket: string, context: Context): Promise<void> {
  try {
    await abortUploads(bucket); // first, since they become objects when they end
    await deleteVersions(bucket, context);
  } catch (error) {
    if (is(error, 'NoSuchBucket') || is(error, 'Error')) throw error;
    throw new Error(`${bucket} cannot be emptied (${told(error)})`);
  }
}

/** What is deleted is not listed again, so the first page is asked for until it is empty. */
async function deleteVersions(bucket: string, context: Context): Promise<void> {
  for (let deleted = 0; ;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const versions = [...Versions, ...DeleteMarkers];
    if (versions.length === 0) return;
    if (context.getRemainingTimeInMillis() < RESERVE) {
      throw new Error(`${bucket} is not empty yet: ${deleted} versions were deleted in the time there was. Delete once more, it goes on from there`);
    }
    deleted += await deleteAll(bucket, versions.map(({ Key, VersionId }) => ({ Key: Key!, VersionId })));
  }
}

/** How many went. What S3 was only too busy for is listed again. */
async function deleteAll(bucket: string, objects: ObjectIdentifier[]): Promise<number> {
  const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }));
  const lasting = Errors.filter(({ Code = '' }) => !PASSING.includes(Code));
  if (lasting.length > 0) {
    const [first] = lasting;
    throw new Error(`${lasting.length} objects of ${bucket} cannot be deleted, among them ${first.Key} (${first.Code}: ${first.Message})`);
  }
  if (Errors.length > 0) await sleep(Number(process.env.POLL_MILLISECONDS ?? 2_000));
  return objects.length - Errors.length;
}

async function abortUploads(bucket: string): Promise<void> {
  for (;;) {
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    if (Uploads.length === 0) return;
    for (const { Key, UploadId } of Uploads) await abort(bucket, Key, UploadId);
  }
}

async function abort(bucket: string, key?: string, uploadId?: string): Promise<void> {
  try {
    await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }));
  } catch (error) {
    if (!is(error, 'NoSuchUpload')) throw error; // it ended by itself
  }
}

function is(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
