import { FakeAccount } from './fake-account';
import { Answer, Refusal } from '../../handlers/fake-aws/answer';

/** Buckets of one version of one object each. */
export function bucketAnswer(account: FakeAccount, request: string, body: string): Answer {
  const [, method, bucket, query] = /^(\w+) \/([^?/]+)\??(.*)$/.exec(request) ?? [];
  const buckets = account.kept.get('AWS::S3::Bucket') ?? new Set();
  if (!buckets.has(bucket)) throw new Refusal('NoSuchBucket', 'there is none', 404);
  const isFull = !account.emptied.has(bucket);
  if (method === 'DELETE' && query === 'policy') return Answer.nothing();
  if (method === 'GET' && query === 'uploads') return Answer.xml('ListMultipartUploadsResult', '');
  if (method === 'GET' && query === 'versions') return Answer.xml('ListVersionsResult', isFull ? '<Version><Key>model.tar.gz</Key><VersionId>1</VersionId></Version>' : '');
  if (method === 'POST' && body.includes('<Key>model.tar.gz</Key><VersionId>1</VersionId>')) account.emptied.add(bucket);
  else if (method === 'DELETE' && isFull) throw new Refusal('BucketNotEmpty', 'objects are in it', 409);
  else if (method === 'DELETE') buckets.delete(bucket);
  return Answer.xml('DeleteResult', '');
}
