import type { Context } from 'aws-lambda';
import * as fc from 'fast-check';
import { Refusal } from './fake-aws/answer';
import { FakeBucket, FakeS3 } from './fake-aws/fake-s3';
import { Handler, Told } from './fake-aws/stack-event';
import { handler } from '../../src/handlers/bucket-emptying';
import { s3 as client } from '../../src/handlers/bucket-emptying/s3';

const s3 = new FakeS3();
const MARK = 'cdk-secure-mlops:destroy-data';
const properties = { BucketName: 'data', OnlyIfTagged: MARK };
let data: FakeBucket;

beforeAll(() => s3.start());
afterAll(() => s3.stop());
beforeEach(() => {
  s3.reset();
  data = new FakeBucket();
  data.tags = { environment: 'churn', [MARK]: 'true' };
  s3.buckets.set('data', data);
  jest.spyOn(console, 'error').mockImplementation();
});

/** One event as CloudFormation sends it, and what it is told. */
async function send(event: Record<string, unknown>, remaining: () => number = () => 890_000): Promise<Told> {
  await (handler as Handler)({
    ServiceToken: 'token',
    ResponseURL: `${s3.url}/answer-box`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Emptying',
    PhysicalResourceId: 'emptied-data',
    ResourceProperties: properties,
    ...event,
  } as never, { getRemainingTimeInMillis: remaining, logStreamName: 'log-stream' } as Context);
  return s3.answers[s3.answers.length - 1] as unknown as Told;
}
const remove = (remaining?: () => number) => send({ RequestType: 'Delete' }, remaining);

describe('while the bucket stays', () => {
  test.each(['Create', 'Update'])('%s touches nothing', async (RequestType) => {
    data.hold('a', 3);
    expect(await send({ RequestType, OldResourceProperties: properties })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'emptied-data' });
    expect(s3.calls).toEqual([]);
  });

  test('a replaced bucket is another resource, so that the old one is emptied before it goes', async () => {
    const told = await send({ RequestType: 'Update', ResourceProperties: { ...properties, BucketName: 'newer' }, OldResourceProperties: properties });
    expect(told.PhysicalResourceId).toBe('emptied-newer');
  });

  test('the removal of a resource that was never made touches nothing', async () => {
    data.hold('a', 1);
    await send({ RequestType: 'Delete', PhysicalResourceId: 'never-created' });
    expect(s3.calls).toEqual([]);
  });
});

describe('a bucket that is kept', () => {
  // CloudFormation removes this resource when a bucket is destroyed, and also when somebody turns a key back:
  // only the bucket itself says which of the two it is.
  test.each([
    ['has lost its mark', { environment: 'churn' }],
    ['is marked as kept', { [MARK]: 'false' }],
    ['has no tags', {}],
  ])('is not emptied: it %s', async (_, tags) => {
    data.hold('a', 3).tags = tags as Record<string, string>;
    data.uploads.push({ key: 'half', id: 'u' });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toHaveLength(3);
    expect(data.uploads).toHaveLength(1);
  });

  test('is not emptied by a resource that names no mark', async () => {
    data.hold('a', 3);
    expect(await send({ RequestType: 'Delete', ResourceProperties: { BucketName: 'data' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toHaveLength(3);
  });

  const tagsDenied = (because: string) => {
    s3.fault = (operation) => (operation === 'GetBucketTagging' ? new Refusal('AccessDenied', because, 403) : undefined);
  };

  test('is not emptied when its policy shuts the handler out, as it does from the moment it is kept', async () => {
    data.hold('a', 3);
    tagsDenied('User: role is not authorized to perform: s3:GetBucketTagging on resource: "data" with an explicit deny in a resource-based policy');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toHaveLength(3);
    expect(s3.calls).toEqual(['GetBucketTagging']);
  });

  test('is not emptied when its mark cannot be read for another reason, and that is said', async () => {
    data.hold('a', 3);
    tagsDenied('with an explicit deny in a permissions boundary');
    expect(await remove()).toMatchObject({
      Status: 'FAILED',
      Reason: 'data is as it was: its tags cannot be read, which say whether it is to be emptied '
      + '(AccessDenied: with an explicit deny in a permissions boundary) (log stream log-stream)',
    });
    expect(data.versions).toHaveLength(3);
  });
});

describe('a bucket that is destroyed', () => {
  test('loses versions, delete markers and uploads in parts', async () => {
    data.hold('a', 2).hold('b', 1, true);
    data.uploads.push({ key: 'half', id: 'u1' }, { key: 'a b/+&<ü>', id: 'u2' });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'emptied-data' });
    expect(data.versions).toEqual([]);
    expect(data.uploads).toEqual([]);
  });

  test('loses them on every page', async () => {
    data.hold('a', 1500).hold('b', 1200, true);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toEqual([]);
    expect(s3.calls.filter((call) => call === 'DeleteObjects')).toHaveLength(3);
  });

  test('loses objects under names that XML would misread', async () => {
    data.hold('a b/+&<ü>"\'', 2);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toEqual([]);
  });

  test.each(['a\u0001b', 'bell\u0007', 'line\nfeed', 'return\r', 'delete\u007f', 'odd\ufffe', ' blanks ', 'plus+plus', 'per%20cent', '../up', 'a//b', '😀'])(
    'loses an object and an upload under the key %j', async (key) => {
      data.hold(key, 2).hold('plain', 1).uploads.push({ key, id: 'u' });
      expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
      expect([data.versions, data.uploads]).toEqual([[], []]);
    });

  test('loses objects and uploads under any key that S3 takes', async () => {
    const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    await fc.assert(fc.asyncProperty(fc.uniqueArray(key, { minLength: 1, maxLength: 8 }), async (keys) => {
      for (const one of keys) data.hold(one, 1).uploads.push({ key: one, id: 'u' });
      expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
      expect([data.versions, data.uploads]).toEqual([[], []]);
    }), { numRuns: 50 });
  }, 30_000);

  test('may be empty', async () => {
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(s3.calls).not.toContain('DeleteObjects');
  });

  test('may be asked for twice', async () => {
    data.hold('a', 1);
    await remove();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('may be gone before', async () => {
    s3.buckets.clear();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('may go on the way', async () => {
    data.hold('a', 1500);
    s3.fault = (operation) => {
      if (operation === 'DeleteObjects') s3.buckets.clear();
      return undefined;
    };
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('may lose an upload to somebody else', async () => {
    data.uploads.push({ key: 'half', id: 'u' });
    s3.fault = (operation) => {
      if (operation === 'AbortMultipartUpload') data.uploads = [];
      return undefined;
    };
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('ends uploads first, which would become objects otherwise', async () => {
    data.hold('a', 1).uploads.push({ key: 'half', id: 'u' });
    await remove();
    expect(s3.calls.indexOf('AbortMultipartUpload')).toBeLessThan(s3.calls.indexOf('DeleteObjects'));
  });
});

describe('faults', () => {
  test('a throttled call is repeated', async () => {
    data.hold('a', 1);
    let times = 2;
    s3.fault = (operation) => (operation === 'DeleteObjects' && times-- > 0 ? new Refusal('SlowDown', 'Please reduce your request rate', 503) : undefined);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toEqual([]);
  });

  test.each(['SlowDown', 'InternalError'])('objects that meet %s are asked for again', async (code) => {
    let times = 3;
    data.hold('a', 5).refuses = () => (times-- > 0 ? code : undefined);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toEqual([]);
  });

  test('an object that cannot be deleted is named, and the rest of its page goes', async () => {
    data.hold('free', 3).hold('held', 1).refuses = ({ key }) => (key === 'held' ? 'AccessDenied' : undefined);
    expect(await remove()).toMatchObject({
      Status: 'FAILED', Reason: '1 objects of data cannot be deleted, among them held (AccessDenied: AccessDenied it is) (log stream log-stream)',
    });
    expect(data.versions.map(({ key }) => key)).toEqual(['held']);
  });

  test('one that cannot be deleted is not hidden behind one that is slow', async () => {
    data.hold('slow', 1).hold('held', 1).refuses = ({ key }) => (key === 'held' ? 'AccessDenied' : 'SlowDown');
    expect((await remove()).Reason).toContain('among them held (AccessDenied');
  });

  test.each(['ListObjectVersions', 'ListMultipartUploads'])('a bucket whose %s is denied is named', async (denied) => {
    s3.fault = (operation) => (operation === denied ? new Refusal('AccessDenied', 'Access Denied', 403) : undefined);
    expect(await remove()).toMatchObject({ Status: 'FAILED', Reason: 'data cannot be emptied (AccessDenied: Access Denied) (log stream log-stream)' });
  });

  test('a bucket whose address nobody knows is named', async () => {
    const sending = jest.spyOn(client, 'send');
    const unknown = new Error('getaddrinfo ENOTFOUND');
    sending.mockResolvedValueOnce({ TagSet: [{ Key: MARK, Value: 'true' }] } as never).mockRejectedValueOnce(unknown as never);
    expect((await remove()).Reason).toBe('data cannot be emptied (Error: getaddrinfo ENOTFOUND) (log stream log-stream)');
    sending.mockRestore();
  });

  test('time that is over before anything is answered names the bucket', async () => {
    s3.fault = () => new Refusal('SlowDown', 'Please reduce your request rate', 503);
    expect((await remove(() => 10_050)).Reason).toBe('data: the time of the function is over (log stream log-stream)');
  });

  test('time that is over says how far it came, and the next call goes on from there', async () => {
    data.hold('a', 3500);
    let time = 100_000;
    const told = await remove(() => (time -= 20_000));
    expect(told.Status).toBe('FAILED');
    expect(told.Reason).toMatch(/^data is not empty yet: \d000 versions were deleted in the time there was\. Delete once more, it goes on from there \(log/);
    expect(data.versions.length).toBeLessThan(3500);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(data.versions).toEqual([]);
  });

  test('objects that stay slow end with the time, not with the function', async () => {
    data.hold('a', 1).refuses = () => 'SlowDown';
    let time = 100_000;
    expect((await remove(() => (time -= 10_000))).Reason).toBe('data is not empty yet: 0 versions were deleted in the time there was, and a stays '
      + '(SlowDown: SlowDown it is). Delete once more, it goes on from there (log stream log-stream)');
  });

  test('counts what is gone, and says what stays although S3 calls it deleted', async () => {
    data.hold('free', 2).hold('sticky', 3).clings = ({ key }) => key === 'sticky';
    let time = 100_000;
    expect((await remove(() => (time -= 10_000))).Reason).toBe('data is not empty yet: 2 versions were deleted in the time there was, and sticky and 2 more stay '
      + '(S3 says that it is deleted, and lists it still). Delete once more, it goes on from there (log stream log-stream)');
  });

  test('waits longer and longer for what does not go', async () => {
    data.hold('sticky', 1).clings = () => true;
    const began = Date.now();
    await remove(() => (Date.now() - began < 1_000 ? 890_000 : 20_000));
    expect(s3.calls.filter((call) => call === 'DeleteObjects').length).toBeLessThan(70);
  });

  test('an object whose key nobody can see is named', async () => {
    data.hold('bell\u0007', 1).refuses = () => 'AccessDenied';
    expect((await remove()).Reason).toBe('1 objects of data cannot be deleted, among them "bell\\u0007" (AccessDenied: AccessDenied it is) (log stream log-stream)');
  });

  test('an upload that cannot be ended is named', async () => {
    data.uploads.push({ key: 'half', id: 'u' });
    s3.fault = (operation) => (operation === 'AbortMultipartUpload' ? new Refusal('AccessDenied', 'Access Denied', 403) : undefined);
    expect((await remove()).Reason).toBe('the upload of half to data cannot be ended (AccessDenied: Access Denied) (log stream log-stream)');
  });
});
