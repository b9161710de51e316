import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketAttributes } from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { bucketsOf, ENV, storageOf } from './parts';

const imported = 'Company';

test('buckets are closed to the public, versioned, and their owner\'s', () => {
  const { stack, storage } = storageOf();
  for (const { Properties } of Object.values(bucketsOf(stack, storage))) {
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(Properties).not.toHaveProperty('NotificationConfiguration');
  }
});

test.each([['Data', 'data'], ['Models', 'models'], ['Releases', 'releases'], ['Reports', 'artifacts']] as const)('%s are encrypted with the key for %s', (name, purpose) => {
  const { stack, storage, environment } = storageOf();
  expect(bucketsOf(stack, storage)[name].Properties.BucketEncryption).toEqual({
    ServerSideEncryptionConfiguration: [{
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: stack.resolve(environment.keys[purpose].keyArn) },
    }],
  });
});

test('access is logged under a prefix for each bucket, and the logs\' own is not', () => {
  const { stack, storage } = storageOf();
  const { AccessLogs, ...others } = bucketsOf(stack, storage);
  const logging = (one: { Properties: Record<string, unknown> }) => one.Properties.LoggingConfiguration as { LogFilePrefix: string } | undefined;
  expect(Object.values(others).map((one) => logging(one)?.LogFilePrefix).sort()).toEqual(['data/', 'models/', 'releases/', 'reports/']);
  expect(logging(AccessLogs)).toBeUndefined();
  expect(AccessLogs.Properties.BucketEncryption).toMatchObject({ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] });
});

test('only the releases bucket has a name that others know', () => {
  const { stack, storage } = storageOf();
  const { Releases, ...others } = bucketsOf(stack, storage);
  expect(Releases.Properties.BucketName).toBe('churn--releases-111111111111-eu-west-1');
  for (const { Properties } of Object.values(others)) expect(Properties).not.toHaveProperty('BucketName');
});

test('versions and logs are kept as long as asked', () => {
  const { stack, storage } = storageOf(() => ({ noncurrentVersionExpiration: Duration.days(30), accessLogExpiration: Duration.days(400) }));
  const { Data, AccessLogs } = bucketsOf(stack, storage);
  expect(Data.Properties.LifecycleConfiguration).toEqual({
    Rules: [{
      Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, ExpiredObjectDeleteMarker: true,
    }],
  });
  expect(AccessLogs.Properties.LifecycleConfiguration).toMatchObject({ Rules: [{ ExpirationInDays: 400 }] });
});

describe('given buckets of another account', () => {
  const company = (inner: Stack, name: string) => Bucket.fromBucketAttributes(inner, name, { bucketName: name, account: '999999999999', region: ENV.region });

  test('are told in an output how their policy lets the environment in', () => {
    const { stack } = storageOf((inner) => ({ existingBuckets: { reportsBucket: company(inner, 'company-reports') } }));
    const [[name, { Value, Description }]] = Object.entries(Template.fromStack(stack).findOutputs('*'));
    expect([name, Description]).toEqual([expect.stringMatching(/^ChurnStorageReportsAllows/), 'Given reports bucket: what of requiredStatements() lets the environment in']);
    expect(JSON.stringify(Value)).toMatch(/s3:GetObject.*s3:PutObject.*s3:ListBucket.*company-reports/);
    expect(JSON.stringify(Value)).not.toContain('Deny');
  });

  test('are none of releases, which targets read from the environment\'s account', () => {
    expect(() => storageOf((inner) => ({ existingBuckets: { releasesBucket: company(inner, 'company-releases') } }))).toThrow('[Stack/Churn/Storage] existingBuckets.releasesBucket must be a bucket of the environment\'s account, '
      + `${ENV.account}, got "999999999999". Deployment targets read releases of that account only. Leave it out, and copy what was released before`);
  });
});

describe('given buckets whose policies we change', () => {
  test('have the perimeter in their policy, when this app makes them', () => {
    const { stack, storage } = storageOf((inner) => ({
      updateExistingBucketPolicies: true, existingBuckets: { dataBucket: new Bucket(inner, imported) },
    }));
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy')).map(({ Properties }) => JSON.stringify(Properties));
    expect(policies.filter((policy) => policy.includes(imported))).toEqual([expect.stringContaining('DenyReadingFromOutside')]);
    expect(storage.requiredStatements(storage.dataBucket)).toEqual([]);
  });

  test('are of the environment\'s own stack: the policy names its endpoints, and its roles name the bucket', () => {
    const make = () => storageOf((inner) => ({ updateExistingBucketPolicies: true, existingBuckets: { dataBucket: new Bucket(new Stack(inner.node.root as App, 'Warehouse', { env: ENV }), 'Bucket') } }));
    expect(make).toThrow('[Stack/Churn/Storage] updateExistingBucketPolicies must be left out where a given bucket is made in another stack, got Warehouse/Bucket. '
      + 'The two stacks would depend on each other. Make the bucket in the stack Stack, or add what requiredStatements() says to its policy');
  });

  test('are not silently left open, when this app cannot', () => {
    const { stack, storage } = storageOf((inner) => ({ updateExistingBucketPolicies: true, existingBuckets: { dataBucket: Bucket.fromBucketName(inner, imported, 'company') } }));
    expect(storage.requiredStatements(storage.dataBucket).map(({ sid }) => sid)).toContain('DenyReadingFromOutside');
    Annotations.fromStack(stack).hasWarning('/Stack/Churn/Storage', 'The policy of the given data bucket stays as it is: requiredStatements() says what its owner must add. '
      + 'updateExistingBucketPolicies reaches buckets that are made in this app only. [ack: cdk-secure-mlops:givenPolicyIsNotOurs]');
  });
});

describe('bad input', () => {
  const other = 'Replicate the bucket or give one of that region';
  test('a given bucket of another region is refused', () => {
    expect(() => storageOf((inner) => ({ existingBuckets: { dataBucket: Bucket.fromBucketAttributes(inner, imported, { bucketName: 'company', region: 'us-east-1' }) } })))
      .toThrow(`[Stack/Churn/Storage] existingBuckets.dataBucket must be in the environment's region, eu-west-1, got "us-east-1". ${other}`);
  });

  test.each([
    ['noncurrentVersionExpiration', Duration.hours(36), '1 day 12 hours'],
    ['noncurrentVersionExpiration', Duration.hours(12), '12 hours'],
    ['accessLogExpiration', Duration.days(0), '0 days'],
  ])('%s of %s is refused', (property, time, shown) => {
    expect(() => storageOf(() => ({ [property]: time }))).toThrow(`[Stack/Churn/Storage] ${property} must be at least 1 whole day, got "${shown}"`);
  });

  test('what is wrong is said together', () => {
    expect(() => storageOf(() => ({ outputPrefixes: [], accessLogExpiration: Duration.hours(1) })))
      .toThrow(/outputPrefixes must have at least one element.*\n.*accessLogExpiration must be at least 1 whole day/);
  });
});

test('any output prefix is either accepted or refused by name', () => {
  const piece = fc.constantFrom('outputs', '/', '*', '?', '..', '${x}', ' ', 'a=b', 'ü', '');
  fc.assert(fc.property(fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')), (prefix) => {
    const isGood = /^[\w.=]/.test(prefix) && prefix.endsWith('/') && !/\/\/|[*?$ ü]/.test(prefix);
    const attempt = () => storageOf(() => ({ outputPrefixes: [prefix] }));
    if (isGood) expect(attempt).not.toThrow();
    else expect(attempt).toThrow('[Stack/Churn/Storage] outputPrefixes must each be a prefix');
  }), { numRuns: 40 });
}, 60_000);

test('a given bucket of access logs is delivered to by the buckets that are made, and its owner is told who delivers', () => {
  const { stack, storage } = storageOf((inner) => ({ existingBuckets: { accessLogsBucket: Bucket.fromBucketName(inner, imported, 'company-logs') } }));
  Template.fromStack(stack).allResourcesProperties('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: 'company-logs' } });
  expect(JSON.stringify(storage.requiredStatements(storage.accessLogsBucket))).toContain('logging.s3.amazonaws.com');
});

test('access logs are given no bucket that S3 does not deliver to', () => {
  const key = (inner: Stack) => Key.fromKeyArn(inner, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-4111-8111-111111111111');
  const logs = (attributes: (inner: Stack) => Partial<BucketAttributes>) => () => storageOf((inner) => ({
    existingBuckets: { accessLogsBucket: Bucket.fromBucketAttributes(inner, imported, { bucketName: 'company-logs', ...attributes(inner) }) },
  }));
  expect(logs((inner) => ({ encryptionKey: key(inner) }))).toThrow(
    '[Stack/Churn/Storage] existingBuckets.accessLogsBucket must have no KMS key, got Stack/Company. S3 delivers access logs to buckets with its own encryption (SSE-S3)');
  expect(logs(() => ({ account: '999999999999' }))).toThrow('existingBuckets.accessLogsBucket must be a bucket of the environment\'s account, ');
});

test('an offline store is given with its key, which feature groups are encrypted with', () => {
  expect(() => storageOf((inner) => ({ existingBuckets: { offlineStore: Bucket.fromBucketName(inner, imported, 'company-features') } })))
    .toThrow('existingBuckets.offlineStore must have a KMS key, got ');
});

test('a key of another account comes along with a given bucket', () => {
  const arn = `arn:aws:kms:${ENV.region}:222222222222:key/22222222-2222-4222-8222-222222222222`;
  const { stack } = storageOf((inner) => ({
    existingBuckets: { dataBucket: Bucket.fromBucketAttributes(inner, imported, { bucketName: 'company', encryptionKey: Key.fromKeyArn(inner, 'Key', arn) }) },
  }));
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))).toContain(arn);
});
