import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isNamed } from './faults';
import { Broken, Target } from './seen';
import { settings } from './settings';
import { patient } from '../aws/sdk';

const s3 = new S3Client(patient());

/** What became of a resource that breaks a rule. */
export type Outcome = 'open' | 'dry-run' | 'corrected' | 'limited' | 'gone' | 'failed' | 'undone';

/** The record of a decision. */
export interface Decision {
  readonly id: string;
  readonly at: string;
  /** `open` while it is being done. */
  readonly outcome: Outcome;
  readonly action: string;
  readonly arn: string;
  readonly broken: readonly Broken[];
  /** What it was like. */
  readonly about: unknown;
  /** Commands that put back what was there. */
  readonly undo: readonly string[];
  /** The exception that an undo makes. */
  readonly exception: string;
  /** The call that made or changed it, where CloudTrail told of it. */
  readonly call?: Target['call'];
  /** The invocation that does it. Retries of an invocation have its id. */
  readonly invocation: string;
  readonly why?: string;
}

/** An object of the bucket of records, with what it takes to replace it. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

export const decisionKey = (id: string) => `decisions/${id}.json`;
export const exceptionKey = (exception: string) => `exceptions/${exception}.json`;

/** Reads an object; undefined where there is none. */
export async function read<T>(Key: string): Promise<Stored<T> | undefined> {
  try {
    const { Body, ETag = '' } = await s3.send(new GetObjectCommand({ Bucket: settings().records, Key, ExpectedBucketOwner: settings().account }));
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
export async function write(Key: string, value: object, before: Stored<unknown> | undefined): Promise<boolean> {
  const condition = before === undefined ? { IfNoneMatch: '*' } : { IfMatch: before.etag };
  try {
    await s3.send(new PutObjectCommand({
      Bucket: settings().records, Key, ExpectedBucketOwner: settings().account, ContentType: 'application/json', Body: JSON.stringify(value), ...condition,
    }));
    return true;
  } catch (error) {
    if (isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return false;
    throw error;
  }
}
