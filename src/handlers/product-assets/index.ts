import { createHash } from 'crypto';
import { extname } from 'path';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { answering, Outcome } from '../cloudformation/respond';
import { fetched } from '../publisher/content';
import { read, s3, told } from '../publisher/object';
import { isSource, Source } from '../publisher/properties';

/**
 * Copies assets into the bucket from which templates are launched, each under its digest. Nothing is ever deleted there:
 * whoever has launched an older version of a product may launch it again.
 */
async function copyAssets({ RequestType, ResourceProperties }: CloudFormationCustomResourceEvent): Promise<Outcome> {
  const { BucketName: bucket, Assets: assets } = ResourceProperties as unknown as { readonly BucketName: string; readonly Assets?: Source[] };
  if (RequestType === 'Delete') return { physicalResourceId: bucket, reason: `${bucket} keeps its objects: products that were launched read them` };
  if (!Array.isArray(assets) || !assets.every(isSource)) {
    throw new Error(`nothing was copied to ${bucket}: Assets must be a list, each with the Bucket, Key and Sha256 of an object`);
  }
  for (const source of assets) {
    const Key = `${source.Sha256}${extname(source.Key)}`, to = `${bucket}/${Key}`;
    if (await isThere(bucket, Key, source.Sha256)) continue;
    const Body = await fetched(source, read, to);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ChecksumSHA256: createHash('sha256').update(Body).digest('base64') }))
      .catch((error: unknown) => { throw new Error(`${to} could not be written (${told(error)})`); });
  }
  return { physicalResourceId: bucket };
}

/** Whether S3 has the digest itself. Where it does not say so, the object is written, which does no harm. */
async function isThere(Bucket: string, Key: string, sha256: string): Promise<boolean> {
  const { ChecksumSHA256 } = await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })).catch(() => ({ ChecksumSHA256: undefined }));
  return ChecksumSHA256 === Buffer.from(sha256, 'hex').toString('base64');
}

/**
 * What this handler calls, and as what its role must be allowed to:
 *
 * | action | resource | when |
 * |---|---|---|
 * | `s3:GetObject` | the assets of the stack | they are copied |
 * | `s3:GetObject`, `s3:PutObject` | the objects of the bucket | what is not there is copied |
 */
export const handler = answering(copyAssets, ({ ResourceProperties: { BucketName } }) => String(BucketName));
