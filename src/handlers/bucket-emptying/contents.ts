import {
  AbortMultipartUploadCommand, DeleteObjectCommand, DeleteObjectsCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { BucketError, Clearing, isPlain, Item, shown } from './clearing';
import { is, s3, told } from './s3';
import { concurrently } from '../aws/concurrency';

/** What S3 says of single objects that may well be deleted a moment later. */
const PASSING = ['InternalError', 'OperationAborted', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown'];

/** Single deletions at a time. */
const AT_ONCE = 10;

/** Versions of objects, and the markers that say that an object is deleted. */
export function versionsOf(Bucket: string): Clearing {
  return {
    what: 'versions',
    list: async () => {
      const { Versions = [], DeleteMarkers = [], EncodingType } = await s3.send(new ListObjectVersionsCommand({ Bucket, EncodingType: 'url' }));
      return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ key: decoded(Key!, EncodingType), id: VersionId! }));
    },
    remove: (items) => removeVersions(Bucket, items),
  };
}

/** Uploads in parts, which become objects when they end. */
export function uploadsOf(Bucket: string): Clearing {
  return {
    what: 'uploads',
    list: async () => {
      const { Uploads = [], EncodingType } = await s3.send(new ListMultipartUploadsCommand({ Bucket, EncodingType: 'url' }));
      return Uploads.map(({ Key, UploadId }) => ({ key: decoded(Key!, EncodingType), id: UploadId! }));
    },
    remove: async (items) => {
      await concurrently(items, AT_ONCE, ({ key, id }) => abort(Bucket, key, id));
      return new Map();
    },
  };
}

async function removeVersions(Bucket: string, items: Item[]): Promise<Map<Item, string>> {
  const refused = new Map<Item, [code: string, message: string]>();
  const plain = items.filter(({ key }) => isPlain(key));
  if (plain.length > 0) {
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({
      Bucket, Delete: { Objects: plain.map(({ key, id }) => ({ Key: key, VersionId: id })), Quiet: true },
    }));
    for (const { Key, VersionId, Code = '', Message = '' } of Errors) {
      refused.set(plain.find(({ key, id }) => key === Key && id === VersionId) ?? { key: Key ?? '', id: VersionId ?? '' }, [Code, Message]);
    }
  }
  // The list of a request is XML, which has no way to write these keys; an address has one.
  await concurrently(items.filter(({ key }) => !isPlain(key)), AT_ONCE, async (item) => {
    await s3.send(new DeleteObjectCommand({ Bucket, Key: item.key, VersionId: item.id }))
      .catch((error: Error) => refused.set(item, refusalOf(error, item)));
  });
  return onlyPassing(Bucket, refused);
}

function refusalOf(error: Error, { key }: Item): [string, string] {
  if (is(error, 'NoSuchBucket')) throw error;
  return [error.name, error.message || `of ${shown(key)}`];
}

/** What S3 was only too busy for is listed again. */
function onlyPassing(bucket: string, refused: Map<Item, [code: string, message: string]>): Map<Item, string> {
  const lasting = [...refused].filter(([, [code]]) => !PASSING.includes(code));
  if (lasting.length > 0) {
    const [[{ key }, [code, message]]] = lasting;
    throw new BucketError(`${lasting.length} objects of ${bucket} cannot be deleted, among them ${shown(key)} (${code}: ${message})`);
  }
  return new Map([...refused].map(([item, [code, message]]) => [item, `${code}: ${message}`]));
}

async function abort(Bucket: string, Key: string, UploadId: string): Promise<void> {
  try {
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  } catch (error) {
    if (is(error, 'NoSuchUpload')) return; // it ended by itself
    if (is(error, 'NoSuchBucket')) throw error;
    throw new BucketError(`the upload of ${shown(Key)} to ${Bucket} cannot be ended (${told(error)})`);
  }
}

/** S3 encodes keys in its lists as forms are. */
function decoded(key: string, encoding?: string): string {
  return encoding === 'url' ? decodeURIComponent(key.replace(/\+/g, ' ')) : key;
}
