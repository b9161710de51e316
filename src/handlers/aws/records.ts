import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isNamed } from './faults';
import { patient } from './sdk';

const s3 = new S3Client(patient());

/** A bucket of records, and the account that it has to be of. */
export interface RecordsBucket {
  readonly records: string;
  readonly account: string;
}

/** An object of a bucket of records, with what it takes to replace it. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

/** Reads an object; undefined where there is none. */
export async function readRecord<T>({ records, account }: RecordsBucket, Key: string): Promise<Stored<T> | undefined> {
  try {
    const { Body, ETag = '' } = await s3.send(new GetObjectCommand({ Bucket: records, Key, ExpectedBucketOwner: account }));
    return { value: JSON.parse(await Body!.transformToString()) as T, etag: ETag };
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}

/**
 * Writes an object, if nobody else has since it was read: false if somebody has.
 *
 * @param before what was read; undefined where nothing was there
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeRecord(bucket: RecordsBucket, Key: string, value: object, before: Stored<unknown> | undefined): Promise<boolean> {
  const { records, account } = bucket;
  const condition = before === undefined ? { IfNoneMatch: '*' } : { IfMatch: before.etag };
  try {
    await s3.send(new PutObjectCommand({ Bucket: records, Key, ExpectedBucketOwner: account, ContentType: 'application/json', Body: JSON.stringify(value), ...condition }));
    return true;
  } catch (error) {
    if (isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return false;
    throw error;
  }
}
