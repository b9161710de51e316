import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { BucketError, cleared } from './clearing';
import { uploadsOf, versionsOf } from './contents';
import { is, s3, told } from './s3';
import { answering } from '../cloudformation/respond';

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
}, ({ ResourceProperties: { BucketName } }) => String(BucketName));

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
    await cleared(bucket, uploadsOf(bucket), context); // first, since they become objects when they end
    await cleared(bucket, versionsOf(bucket), context);
  } catch (error) {
    if (is(error, 'NoSuchBucket') || error instanceof BucketError) throw error;
    throw new Error(`${bucket} cannot be emptied (${told(error)})`);
  }
}
