import { createHash } from 'crypto';
import { brotliCompressSync, gzipSync } from 'zlib';
import { CreateBucketCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './fake-aws/answer';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { FakeStack } from './fake-aws/stack-event';
import { handler as copying } from '../../src/handlers/product-assets';
import { handler } from '../../src/handlers/publisher';

const aws = new EmulatedAws();
const STACK = 'arn:aws:cloudformation:eu-west-1:111111111111:stack/churn/11111111-2222';
let stack: FakeStack;
let bucket: string;
let count = 0;

beforeAll(() => aws.start(), 200_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  aws.reset();
  bucket = `templates-${++count}`;
  stack = new FakeStack(aws, handler, { StackId: STACK, LogicalResourceId: 'Template' });
  await aws.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  jest.spyOn(console, 'error').mockImplementation();
});

const KEY = 'products/train-0123456789ab.json';
const properties = (changed: Record<string, unknown> = {}) => ({ BucketName: bucket, Key: KEY, Content: '{"a":1}', ...changed });
const publish = (changed: Record<string, unknown> = {}) => stack.create('PublishedObject', properties(changed));
const withdraw = (key = KEY) => stack.remove('PublishedObject', `${bucket}/${key}`, properties({ Key: key }));
const object = (key = KEY) => ({ Bucket: bucket, Key: key });
const written = async (key = KEY) => (await aws.s3.send(new GetObjectCommand(object(key)))).Body!.transformToByteArray();
const text = async (key = KEY) => Buffer.from(await written(key)).toString();
const exists = (key = KEY) => aws.s3.send(new HeadObjectCommand(object(key))).then(() => true, () => false);
const onOperation = (operation: string, met: () => Refusal | Answer | undefined) => {
  aws.intercept = (call) => (call.operation === operation ? met() : undefined);
};

describe('a text', () => {
  test('is written, and its address, version and digest are told', async () => {
    const told = await publish({ ContentType: 'application/json' });
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${bucket}/${KEY}` });
    const head = await aws.s3.send(new HeadObjectCommand(object()));
    expect(told.Data).toEqual({
      Key: KEY,
      VersionId: head.VersionId,
      Sha256: createHash('sha256').update('{"a":1}').digest('hex'),
    });
    expect(head.ContentType).toBe('application/json');
    expect(await text()).toBe('{"a":1}');
  });

  test('has its tags from the first moment on, and says who published it', async () => {
    await publish({ Tags: { 'sagemaker:studio-visibility': 'true', 'owner': 'a + b' } });
    expect(aws.operations()).toEqual(['PutObject']);
    const { TagSet } = await aws.s3.send(new GetObjectTaggingCommand(object()));
    expect(Object.fromEntries(TagSet!.map(({ Key, Value }) => [Key, Value]))).toEqual({
      'sagemaker:studio-visibility': 'true',
      'owner': 'a + b',
      'cdk-secure-mlops:published-by-stack': STACK,
      'cdk-secure-mlops:published-by-resource': 'Template',
    });
  });

  test('has its names filled in, none of them twice', async () => {
    await publish({ Content: 'zz-name, zz-name-2, $&', Replacements: { 'zz-name': 'zz-name-2', 'zz-name-2': 'two', '$&': '$1' } });
    expect(await text()).toBe('zz-name-2, two, $1');
  });

  test('may be given compressed, as large texts are', async () => {
    await publish({ Content: gzipSync('größer zz-name').toString('base64'), Encoding: 'gzip', Replacements: { 'zz-name': 'churn' } });
    expect(await text()).toBe('größer churn');
    await publish({ Content: brotliCompressSync(Buffer.from('kleiner zz-name')).toString('base64'), Encoding: 'brotli', Replacements: { 'zz-name': 'churn' } });
    expect(await text()).toBe('kleiner churn');
  });

  test('is encrypted as the bucket says, or with the key that is given', async () => {
    await publish();
    await publish({ EncryptionKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/own' });
    expect(aws.calls.map(({ headers }) => [headers['x-amz-server-side-encryption'], headers['x-amz-server-side-encryption-aws-kms-key-id']])).toEqual([
      [undefined, undefined], ['aws:kms', 'arn:aws:kms:eu-west-1:111111111111:key/own'],
    ]);
  });

  test('is checked by S3 against its digest', async () => {
    await publish();
    expect(aws.calls[0].headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update('{"a":1}').digest('base64'));
  });
});

describe('an object of the bucket of assets', () => {
  const Key = 'secure-mlops-1.zip';
  let assets: string;
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const from = async (bytes: Buffer, changed: Record<string, unknown> = {}) => {
    await aws.s3.send(new PutObjectCommand({ Bucket: assets, Key, Body: bytes }));
    return publish({ Content: undefined, Source: { Bucket: assets, Key, Sha256: sha256(bytes) }, ...changed });
  };
  beforeEach(async () => {
    assets = `assets-${count}`;
    await aws.s3.send(new CreateBucketCommand({ Bucket: assets, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  });

  test('is written as it is, text or not', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 0x80, 0x1f]);
    expect(await from(bytes)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${bucket}/${KEY}`, Data: { Sha256: sha256(bytes) } });
    expect(Buffer.from(await written())).toEqual(bytes);
  });

  test('has its names filled in, and is told by the digest of what was written', async () => {
    const told = await from(Buffer.from('größer zz-name'), { Replacements: { 'zz-name': 'churn' } });
    expect(await text()).toBe('größer churn');
    expect(told.Data!.Sha256).toBe(sha256(Buffer.from('größer churn')));
  });

  test('that is not what was deployed is not published, and what is there stays', async () => {
    await publish({ Content: 'old' });
    const other = Buffer.from('exchanged'), deployed = sha256(Buffer.from('deployed'));
    expect(await from(other, { Source: { Bucket: assets, Key, Sha256: deployed } })).toMatchObject({
      Status: 'FAILED',
      Reason: `${bucket}/${KEY} is as it was: its source ${assets}/${Key} is not what was deployed, but has the digest ${sha256(other)} in place of ${deployed} (log stream log-stream)`,
    });
    expect(await text()).toBe('old');
  });

  test('that cannot be read is named, and what is there stays', async () => {
    await publish({ Content: 'old' });
    const Source = { Bucket: assets, Key: 'secure-mlops-gone.zip', Sha256: sha256(Buffer.from('gone')) };
    expect(await publish({ Content: undefined, Source })).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/${KEY} is as it was: its source ${assets}/secure-mlops-gone.zip could not be read (NoSuchKey: `),
    });
    onOperation('GetObject', () => new Refusal('AccessDenied', 'not you', 403));
    expect(await publish({ Content: undefined, Source })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('could not be read (AccessDenied: not you)') });
    aws.intercept = () => undefined;
    expect(await text()).toBe('old');
  });
});

describe('the assets of products', () => {
  beforeEach(() => { stack = new FakeStack(aws, copying, { StackId: STACK, LogicalResourceId: 'Assets' }); });

  const sha256 = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
  const assets = async (...bytes: string[]) => Promise.all(bytes.map(async (Body, index) => {
    const source = { Bucket: bucket, Key: `secure-mlops-${index}.json`, Sha256: sha256(Body) };
    await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: source.Key, Body }));
    return source;
  }));

  test('are copied, each under its digest', async () => {
    expect(await stack.create('ProductAssets', { BucketName: bucket, Assets: await assets('one', 'two') })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: bucket });
    expect([await text(`${sha256('one')}.json`), await text(`${sha256('two')}.json`)]).toEqual(['one', 'two']);
  });

  test('that are there are not copied again, and what is not theirs is written over', async () => {
    const Assets = await assets('one', 'two'), given = { BucketName: bucket, Assets };
    await stack.create('ProductAssets', given);
    await aws.s3.send(new PutObjectCommand({ ...object(`${sha256('two')}.json`), Body: 'another' }));
    const before = aws.operations().filter((one) => one === 'PutObject').length;
    expect(await stack.update('ProductAssets', bucket, given, given)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: bucket });
    expect(aws.operations().filter((one) => one === 'PutObject').length - before).toBe(1);
    expect([await text(`${sha256('one')}.json`), await text(`${sha256('two')}.json`)]).toEqual(['one', 'two']);
  });

  test('that are not what was deployed are not copied', async () => {
    const [source] = await assets('one');
    expect(await stack.create('ProductAssets', { BucketName: bucket, Assets: [{ ...source, Sha256: sha256('other') }] })).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/secure-mlops-0.json is not what was deployed, but has the digest ${sha256('one')} in place of`),
    });
    expect(await exists(`${sha256('other')}.json`)).toBe(false);
  });

  test('that cannot be written are named', async () => {
    const Assets = await assets('one');
    onOperation('PutObject', () => new Refusal('AccessDenied', 'not you', 403));
    expect(await stack.create('ProductAssets', { BucketName: bucket, Assets })).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/${sha256('one')}.json could not be written (AccessDenied: not you)`),
    });
  });

  test('stay when the stack goes, for those that were launched read them', async () => {
    const given = { BucketName: bucket, Assets: await assets('one') };
    await stack.create('ProductAssets', given);
    expect(await stack.remove('ProductAssets', bucket, given)).toMatchObject({ Status: 'SUCCESS', Reason: `${bucket} keeps its objects: products that were launched read them` });
    expect(await exists(`${sha256('one')}.json`)).toBe(true);
  });

  test.each([undefined, [{ Bucket: 'a', Key: 'b' }]])('must be said: %j', async (Assets) => {
    expect(await stack.create('ProductAssets', { BucketName: bucket, Assets })).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('Assets must be a list, each with the Bucket, Key and Sha256 of an object'),
    });
  });
});

describe('an update', () => {
  test('without another key writes the object anew', async () => {
    await publish();
    const told = await stack.update('PublishedObject', `${bucket}/${KEY}`, properties({ Content: 'new' }), properties());
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${bucket}/${KEY}` });
    expect(await text()).toBe('new');
  });

  test('with another key writes another object, and leaves the old one to its deletion', async () => {
    await publish();
    const told = await stack.update('PublishedObject', `${bucket}/${KEY}`, properties({ Key: 'new.json' }), properties());
    expect(told.PhysicalResourceId).toBe(`${bucket}/new.json`);
    expect(await exists()).toBe(true);
    await withdraw();
    expect([await exists(), await exists('new.json')]).toEqual([false, true]);
  });

  test('that fails leaves what is there, and says why', async () => {
    await publish();
    onOperation('PutObject', () => new Refusal('AccessDenied', 'not you', 403));
    const told = await stack.update('PublishedObject', `${bucket}/${KEY}`, properties({ Content: 'new' }), properties());
    expect(told).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: `${bucket}/${KEY}`,
      Reason: `${bucket}/${KEY} is as it was: it could not be written (AccessDenied: not you) (log stream log-stream)`,
    });
    expect(await text()).toBe('{"a":1}');
  });
});

describe('a deletion', () => {
  test('takes the object away, and may be repeated', async () => {
    await publish();
    expect(await withdraw()).toMatchObject({ Status: 'SUCCESS', Reason: `${bucket}/${KEY} was deleted` });
    expect(await exists()).toBe(false);
    expect(await withdraw()).toMatchObject({ Status: 'SUCCESS', Reason: `${bucket}/${KEY} was gone already` });
  });

  test.each<[string, Record<string, string>]>([
    ['by another stack', { StackId: `${STACK}-other`, LogicalResourceId: 'Template' }],
    ['by another resource of the stack, as when one is renamed', { StackId: STACK, LogicalResourceId: 'Renamed' }],
  ])('leaves an object that was published since %s', async (_, sender) => {
    await publish();
    await new FakeStack(aws, handler, sender).create('PublishedObject', properties());
    expect(await withdraw()).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('stays: its tags say that it was not published by this resource') });
    expect(await exists()).toBe(true);
  });

  test('leaves an object that somebody put there', async () => {
    await aws.s3.send(new PutObjectCommand({ ...object(), Body: 'mine' }));
    await withdraw();
    expect(await text()).toBe('mine');
    expect(aws.operations()).toEqual(['GetObjectTagging']);
  });

  test('of what is in no bucket any more has nothing to do', async () => {
    expect(await stack.remove('PublishedObject', 'templates-gone/a.json', properties())).toMatchObject({ Status: 'SUCCESS', Reason: 'templates-gone/a.json was gone already' });
  });

  test('of what was never made asks nothing', async () => {
    expect(await stack.remove('PublishedObject', 'never-created', properties())).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls).toEqual([]);
  });

  test.each(['GetObjectTagging', 'DeleteObject'])('that is refused at %s says that the object is still there', async (operation) => {
    await publish();
    onOperation(operation, () => new Refusal('AccessDenied', 'not you', 403));
    expect(await withdraw()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/${KEY} is still there: it could not be deleted (AccessDenied: not you)`) });
    expect(await exists()).toBe(true);
  });
});

test.each([
  new Refusal('SlowDown', 'slowly', 503), new Refusal('InternalError', 'oh', 500), Answer.none(),
])('what passes is asked again: %p', async (fault) => {
  let times = 0;
  onOperation('PutObject', () => (++times <= 3 ? fault : undefined));
  expect(await publish()).toMatchObject({ Status: 'SUCCESS' });
  expect(times).toBe(4);
}, 20_000);

test('time that is over names the object that it was for', async () => {
  onOperation('PutObject', () => new Refusal('SlowDown', 'slowly', 503));
  const told = await stack.create('PublishedObject', properties(), () => 10_050);
  expect(told).toMatchObject({ Status: 'FAILED', Reason: `${bucket}/${KEY}: the time of the function is over (log stream log-stream)` });
});

describe('what is wrong is named, and nothing is written', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ BucketName: undefined }, 'BucketName is missing'],
    [{ Key: undefined }, 'Key is missing'],
    [{ Key: 'projects/../a' }, 'Key must be 1–512 letters, digits and characters of !_.*\'()/-, without a folder . or .., got "projects/../a"'],
    [{ Key: 'a b' }, 'Key must be 1–512 letters, digits and characters of !_.*\'()/-, without a folder . or .., got "a b"'],
    [{ Content: undefined }, 'either Source or Content must be given'],
    [{ Source: { Bucket: 'a', Key: 'b', Sha256: '0'.repeat(64) } }, 'either Source or Content must be given'],
    [{ Content: undefined, Source: { Bucket: 'a', Key: 'b' } }, 'Source must be the Bucket, Key and Sha256 of an object, got {"Bucket":"a","Key":"b"}'],
    [{ Content: undefined, Source: { Bucket: 'a', Key: '', Sha256: '0'.repeat(64) } }, 'Source must be the Bucket, Key and Sha256 of an object'],
    [{ Content: undefined, Source: { Bucket: 'a', Key: 'b', Sha256: '0' } }, 'Source must be the Bucket, Key and Sha256 of an object'],
    [{ Encoding: 'zip' }, 'Encoding must be text, gzip or brotli, got "zip"'],
    [{ Encoding: 'gzip' }, 'what is said to be gzip in base64 is not'],
    [{ Encoding: 'brotli' }, 'what is said to be brotli in base64 is not'],
    [{ Replacements: { '': 'a' } }, 'Replacements must be texts by what they stand in place of'],
    [{ Tags: Object.fromEntries([...'123456789'].map((tag) => [tag, tag])) }, 'Tags must be at most 8 texts by their names'],
    [{ Key: '', Encoding: 'zip' }, 'Key must be 1–512 letters, digits and characters of !_.*\'()/-, without a folder . or .., got ""; Encoding must be text, gzip or brotli'],
  ])('%j: %s', async (changed, reason) => {
    expect(await publish(changed)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'never-created', Reason: expect.stringContaining(reason) });
    expect(aws.calls).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, () => string]>([
    ['the object', { Encoding: 'zip' }, () => `nothing was published to ${bucket}/${KEY}: Encoding must be`],
    ['the object', { Encoding: 'gzip' }, () => `nothing was published to ${bucket}/${KEY}: what is said to be gzip in base64 is not`],
    ['the bucket, where the key is wrong,', { Key: 'a b' }, () => `nothing was published to ${bucket}: Key must be`],
    ['the key, where no bucket is given,', { BucketName: undefined }, () => `nothing was published to ${KEY}: BucketName is missing`],
  ])('with %s that it concerns: %j', async (_, changed, reason) => {
    expect((await publish(changed)).Reason.startsWith(reason())).toBe(true);
  });

  test('another resource', async () => {
    expect(await stack.create('Anything', {})).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Custom::Anything is not a resource of this handler') });
  });
});

describe('the portfolio of Service Catalog', () => {
  let status: string;
  beforeEach(() => {
    status = 'Disabled';
    aws.services.SageMaker = (operation) => {
      if (operation === 'EnableSagemakerServicecatalogPortfolio') status = 'Enabled';
      return operation === 'GetSagemakerServicecatalogPortfolioStatus' ? { Status: status } : {};
    };
  });

  test('is enabled', async () => {
    expect(await stack.create('SageMakerPortfolio', {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'sagemaker-service-catalog-portfolio' });
    expect(status).toBe('Enabled');
  });

  test('is left alone where it is enabled', async () => {
    status = 'Enabled';
    await stack.create('SageMakerPortfolio', {});
    expect(aws.operations()).toEqual(['SageMaker.GetSagemakerServicecatalogPortfolioStatus']);
  });

  test('is never disabled', async () => {
    status = 'Enabled';
    const told = await stack.remove('SageMakerPortfolio', 'sagemaker-service-catalog-portfolio', {});
    expect(told).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('stays enabled: it belongs to the account and region') });
    expect(aws.calls).toEqual([]);
  });

  test('says why it is not enabled', async () => {
    aws.services.SageMaker = (operation) => {
      if (operation.startsWith('Enable')) throw new Refusal('AccessDeniedException', 'not you');
      return { Status: 'Disabled' };
    };
    expect(await stack.create('SageMakerPortfolio', {})).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDeniedException: not you') });
  });
});

describe('objects that are published together', () => {
  const sha256 = (source: string) => createHash('sha256').update(source).digest('hex');
  const SOURCES = ['{"part":"zz-name"}', '{"part":"zz-sha256"}', 'program'];
  const [part, template, program] = SOURCES.map(sha256);
  const OBJECTS = [
    { Key: 'parts/stage-1.json', Sha256: part, ContentType: 'application/json', Replacements: { 'zz-name': 'churn' }, Digest: 'zz-sha256' },
    { Key: 'products/train-1.json', Sha256: template, ContentType: 'application/json' },
    { Key: 'programs/release-1.js', Sha256: program, ContentType: 'text/javascript' },
  ];
  let assets: string;
  const together = (changed: Record<string, unknown> = {}) => ({
    BucketName: bucket, Address: `https://${bucket}.example.com`, Sources: { Bucket: assets, Prefix: 'secure-mlops-' }, Objects: OBJECTS, ...changed,
  });
  const publishAll = (changed?: Record<string, unknown>) => stack.create('PublishedObjects', together(changed));
  beforeEach(async () => {
    assets = `together-${count}`;
    await aws.s3.send(new CreateBucketCommand({ Bucket: assets, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    for (const [index, Body] of SOURCES.entries()) {
      await aws.s3.send(new PutObjectCommand({ Bucket: assets, Key: `secure-mlops-${sha256(Body)}${index === 2 ? '.js' : '.json'}`, Body }));
    }
  });

  test('are written from where all of them are, and later ones tell the digests of those before them', async () => {
    const digest = sha256('{"part":"churn"}');
    expect(await publishAll()).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: bucket, Data: { 'Address': `https://${bucket}.example.com`, 'zz-sha256': digest },
    });
    expect(await text('parts/stage-1.json')).toBe('{"part":"churn"}');
    expect(await text('products/train-1.json')).toBe(`{"part":"${digest}"}`);
    expect(await text('programs/release-1.js')).toBe('program');
    expect((await aws.s3.send(new HeadObjectCommand(object('programs/release-1.js')))).ContentType).toBe('text/javascript');
  });

  test('may each have a source of its own', async () => {
    const [first] = OBJECTS, Source = { Bucket: assets, Key: `secure-mlops-${part}.json`, Sha256: part };
    expect(await publishAll({ Sources: undefined, Objects: [{ ...first, Source }] })).toMatchObject({ Status: 'SUCCESS' });
    expect(await text('parts/stage-1.json')).toBe('{"part":"churn"}');
  });

  test('are all there again after an update, and stay when another takes their place', async () => {
    await publishAll();
    expect(await stack.update('PublishedObjects', bucket, together({ Objects: OBJECTS.slice(2) }), together())).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: bucket });
    expect(await exists('parts/stage-1.json')).toBe(true);
  });

  test('stay when the stack goes: whoever was launched with one reads it', async () => {
    await publishAll();
    expect(await stack.remove('PublishedObjects', bucket, together())).toMatchObject({
      Status: 'SUCCESS', Reason: `${bucket} keeps its objects: projects that were launched read them`,
    });
    expect(await exists('programs/release-1.js')).toBe(true);
  });

  test('of which one is not what was deployed end with it, and it is named', async () => {
    const exchanged = { ...OBJECTS[2], Source: { Bucket: assets, Key: `secure-mlops-${program}.js`, Sha256: part } };
    expect(await publishAll({ Objects: [OBJECTS[0], exchanged] })).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`${bucket}/programs/release-1.js is as it was: its source ${assets}/secure-mlops-${program}.js is not what was deployed`) as unknown,
    });
  });

  test.each<[string, () => Record<string, unknown>]>([
    ['no list', () => ({ Objects: {} })], ['an object without a key', () => ({ Objects: [{ Sha256: part }] })], ['no place of the sources', () => ({ Sources: undefined })], ['no bucket', () => ({ BucketName: '' })],
  ])('with %s are refused', async (_, changed) => {
    expect(await publishAll(changed())).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('nothing was published: BucketName must be the name of a bucket, and Objects a list, each with a Key') as unknown,
    });
  });
});

test('does not carry the copying of assets, which is another function\'s', async () => {
  expect(await stack.create('ProductAssets', { BucketName: bucket, Assets: [] })).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining('Custom::ProductAssets is not a resource of this handler') as unknown,
  });
});
