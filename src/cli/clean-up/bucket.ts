import { createHash } from 'crypto';
import { setTimeout as sleep } from 'timers/promises';
import { parseXML } from '@aws-sdk/xml-builder';
import { pause } from './waiting';
import { Element } from '../../handlers/aws/client';
import { escaped, pathOf } from '../../handlers/aws/s3';
import { Account } from '../aws/account';

/**
 * Every version of every object goes, every upload ends, and then the bucket goes. Policies of an environment's buckets let few at its
 * objects, and nobody delete them; whoever may change the policy, by what it says itself, takes it away first. What stays all the same,
 * such as locked objects, stays as protected as it was.
 */
export async function emptied(aws: Account, bucket: string): Promise<void> {
  try {
    await emptiedAsItIs(aws, bucket);
  } catch (error) {
    if (!/: AccessDenied: /.test((error as Error).message)) throw error;
    const policy = (action: string, method: string, body?: string) => (
      aws.anew().s3({ action, subject: `the bucket ${bucket}`, absent: ['NoSuchBucket', 'NoSuchBucketPolicy'] }, { method, bucket, query: 'policy', body })
    );
    const refused = () => { throw error; };
    const text = await policy('s3:GetBucketPolicy', 'GET').catch(refused) ?? refused();
    await policy('s3:DeleteBucketPolicy', 'DELETE').catch(refused);
    await sleep(pause()); // S3 takes a moment to know it
    await emptiedAsItIs(aws, bucket).catch(async (left: Error) => {
      await policy('s3:PutBucketPolicy', 'PUT', text).catch((lost: Error) => {
        throw new Error(`${left.message}. The policy of the bucket was taken away and could not be put back (${lost.message}): ${text}`);
      });
      throw left;
    });
  }
}

async function emptiedAsItIs(aws: Account, bucket: string): Promise<void> {
  const call = (action: string, method: string, query: string, path = '', body?: string) => {
    const headers: Record<string, string> = body === undefined ? {} : { 'x-amz-sdk-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64') };
    return aws.anew().s3({ action, subject: `the bucket ${bucket}`, absent: ['NoSuchBucket', 'NotFound'] }, { method, bucket, path, query, headers, body });
  };
  const uploadsLeft = async () => itemsIn(await call('s3:ListBucketMultipartUploads', 'GET', 'uploads') ?? '', 'ListMultipartUploadsResult', ['Upload']);
  const versionsLeft = async () => itemsIn(await call('s3:ListBucketVersions', 'GET', 'versions') ?? '', 'ListVersionsResult', ['Version', 'DeleteMarker']);
  // What is deleted is not listed again: the first page is always the next.
  for (let uploads = await uploadsLeft(); uploads.length > 0; uploads = await uploadsLeft()) {
    for (const { Key, UploadId } of uploads) await call('s3:AbortMultipartUpload', 'DELETE', `uploadId=${encodeURIComponent(UploadId)}`, pathOf({ bucket, key: Key }));
  }
  for (let versions = await versionsLeft(); versions.length > 0; versions = await versionsLeft()) {
    const objects = versions.map(({ Key, VersionId }) => `<Object><Key>${escaped(Key)}</Key><VersionId>${VersionId}</VersionId></Object>`);
    const answer = await call('s3:DeleteObjectVersion', 'POST', 'delete', '', `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects.join('')}</Delete>`);
    const [refused] = itemsIn(answer ?? '', 'DeleteResult', ['Error']);
    if (refused !== undefined) throw new Error(`s3:DeleteObjectVersion on ${refused.Key} of the bucket ${bucket}: ${refused.Code}: ${refused.Message}`);
  }
  await call('s3:DeleteBucket', 'DELETE', '');
}

function itemsIn(text: string, root: string, members: string[]): Element[] {
  const result = text === '' ? undefined : (parseXML(text) as Element)[root];
  return members.flatMap((member) => (result?.[member] ?? []) as unknown as Element[]);
}
