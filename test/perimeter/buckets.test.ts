import { PerimeterApp } from './perimeter-app';
import { Weighing, Who } from './weighing';
import { BucketKind } from '../../src/perimeter';

const { DATA, MODELS, RELEASES, REPORTS, ARTIFACTS, TEMPLATES, ACCESS_LOGS } = BucketKind;
const weighing = new Weighing(new PerimeterApp());
const emptied = new Weighing(new PerimeterApp({ allowBucketEmptying: true }));
const queried = new Weighing(new PerimeterApp({ enableAthenaAccess: true }));
const KMS = { 's3:x-amz-server-side-encryption': 'aws:kms' };

type Row = [trust: BucketKind, who: Who, action: string, from: string, expected: 'allow' | 'deny'];

const ROWS: Row[] = [
  // Data: from the network, and Macie.
  [DATA, 'studio', 's3:GetObject', 'environmentVpc', 'allow'],
  [DATA, 'job', 's3:PutObject', 'environmentVpc', 'allow'],
  [DATA, 'studio', 's3:ListBucket', 'environmentVpc', 'allow'],
  [DATA, 'studio', 's3:GetObject', 'internet', 'deny'],
  [DATA, 'studio', 's3:GetObject', 'awsService', 'deny'],
  [DATA, 'studio', 's3:GetObjectVersion', 'internet', 'deny'],
  [DATA, 'job', 's3:GetObject', 'serviceNetwork', 'deny'],
  [DATA, 'job', 's3:PutObject', 'internet', 'deny'],
  [DATA, 'job', 's3:DeleteObject', 'siblingVpc', 'deny'],
  [DATA, 'studio', 's3:ListBucket', 'siblingVpc', 'deny'],
  [DATA, 'job', 's3:ListBucketVersions', 'internet', 'deny'],
  [DATA, 'admin', 's3:GetObject', 'neighbourVpc', 'deny'],
  [DATA, 'macie', 's3:GetObject', 'internet', 'allow'],
  [DATA, 'macieImpostor', 's3:GetObject', 'internet', 'deny'],
  [DATA, 'config', 's3:GetBucketPolicy', 'internet', 'allow'],
  [DATA, 'config', 's3:GetObject', 'internet', 'deny'],
  [DATA, 'targetModel', 's3:GetObject', 'targetVpc', 'deny'],
  [DATA, 'outsider', 's3:GetObject', 'internet', 'deny'],
  // Models: besides, SageMaker reads for those who register a model.
  [MODELS, 'job', 's3:PutObject', 'environmentVpc', 'allow'],
  [MODELS, 'pipeline', 's3:GetObject', 'awsService', 'allow'],
  [MODELS, 'studio', 's3:GetObject', 'awsService', 'allow'],
  [MODELS, 'job', 's3:GetObject', 'awsService', 'deny'],
  [MODELS, 'admin', 's3:GetObject', 'awsService', 'deny'],
  [MODELS, 'pipeline', 's3:GetObject', 'internet', 'deny'],
  [MODELS, 'pipeline', 's3:PutObject', 'awsService', 'deny'],
  [MODELS, 'targetModel', 's3:GetObject', 'targetVpc', 'deny'],
  // Releases: one role writes, the stages' model roles read through their own endpoints.
  [RELEASES, 'release', 's3:PutObject', 'environmentVpc', 'allow'],
  [RELEASES, 'release', 's3:PutObject', 'targetVpc', 'deny'],
  [RELEASES, 'model', 's3:GetObject', 'environmentVpc', 'allow'],
  [RELEASES, 'studio', 's3:PutObject', 'environmentVpc', 'deny'],
  [RELEASES, 'admin', 's3:DeleteObject', 'environmentVpc', 'deny'],
  [RELEASES, 'targetModel', 's3:GetObject', 'targetVpc', 'allow'],
  [RELEASES, 'productionModel', 's3:GetObject', 'productionVpc', 'allow'],
  [RELEASES, 'targetMonitor', 's3:GetObject', 'targetVpc', 'allow'],
  [RELEASES, 'productionMonitor', 's3:GetObject', 'productionVpc', 'allow'],
  [RELEASES, 'targetMonitor', 's3:GetObject', 'internet', 'deny'],
  [RELEASES, 'targetMonitor', 's3:PutObject', 'targetVpc', 'deny'],
  [RELEASES, 'siblingMonitor', 's3:GetObject', 'siblingVpc', 'deny'],
  [RELEASES, 'targetSchedule', 's3:GetObject', 'targetVpc', 'deny'],
  [RELEASES, 'targetAlarms', 's3:GetObject', 'targetVpc', 'deny'],
  [RELEASES, 'targetModel', 's3:GetObject', 'internet', 'deny'],
  [RELEASES, 'targetModel', 's3:GetObject', 'siblingVpc', 'deny'],
  [RELEASES, 'targetModel', 's3:GetObject', 'serviceNetwork', 'deny'],
  [RELEASES, 'targetModel', 's3:PutObject', 'targetVpc', 'deny'],
  [RELEASES, 'targetModel', 's3:ListBucket', 'targetVpc', 'deny'],
  [RELEASES, 'targetOther', 's3:GetObject', 'targetVpc', 'deny'],
  [RELEASES, 'neighbourModel', 's3:GetObject', 'targetVpc', 'deny'],
  [RELEASES, 'siblingModel', 's3:GetObject', 'siblingVpc', 'deny'],
  [RELEASES, 'siblingModel', 's3:GetObject', 'targetVpc', 'deny'],
  [RELEASES, 'admin', 's3:ListBucket', 'targetVpc', 'deny'],
  [RELEASES, 'admin', 's3:GetBucketPolicy', 'productionVpc', 'deny'],
  // Reports: SageMaker Pipelines reads them from its own network, with neither endpoint nor flag.
  [REPORTS, 'job', 's3:PutObject', 'environmentVpc', 'allow'],
  [REPORTS, 'pipeline', 's3:GetObject', 'serviceNetwork', 'allow'],
  [REPORTS, 'pipeline', 's3:PutObject', 'serviceNetwork', 'deny'],
  [REPORTS, 'job', 's3:GetObject', 'serviceNetwork', 'deny'],
  [REPORTS, 'macie', 's3:GetObject', 'internet', 'deny'],
  [REPORTS, 'admin', 's3:GetObject', 'internet', 'deny'],
  // Artifacts: CodePipeline works from its own network, builds from ours.
  [ARTIFACTS, 'codePipeline', 's3:PutObject', 'serviceNetwork', 'allow'],
  [ARTIFACTS, 'codePipeline', 's3:GetObject', 'serviceNetwork', 'allow'],
  [ARTIFACTS, 'codePipeline', 's3:GetBucketVersioning', 'serviceNetwork', 'allow'],
  [ARTIFACTS, 'codePipeline', 's3:DeleteObjectVersion', 'serviceNetwork', 'deny'],
  [ARTIFACTS, 'codePipeline', 's3:PutBucketPolicy', 'serviceNetwork', 'deny'],
  [ARTIFACTS, 'release', 's3:PutObject', 'environmentVpc', 'allow'],
  [ARTIFACTS, 'release', 's3:PutObject', 'serviceNetwork', 'deny'],
  [ARTIFACTS, 'accounts', 's3:GetObject', 'serviceNetwork', 'allow'],
  [ARTIFACTS, 'accounts', 's3:PutBucketPolicy', 'serviceNetwork', 'deny'],
  [ARTIFACTS, 'codeBuild', 's3:GetObject', 'environmentVpc', 'allow'],
  [ARTIFACTS, 'codeBuild', 's3:GetObject', 'internet', 'deny'],
  [ARTIFACTS, 'codeBuild', 's3:PutObject', 'environmentVpc', 'deny'],
  [ARTIFACTS, 'job', 's3:GetObject', 'environmentVpc', 'allow'],
  [ARTIFACTS, 'job', 's3:GetObject', 'serviceNetwork', 'deny'],
  [ARTIFACTS, 'job', 's3:PutObject', 'environmentVpc', 'deny'],
  [ARTIFACTS, 'admin', 's3:PutObject', 'environmentVpc', 'deny'],
  [ARTIFACTS, 'admin', 's3:GetObject', 'internet', 'deny'],
  [ARTIFACTS, 'macie', 's3:GetObject', 'internet', 'deny'],
  [ARTIFACTS, 'targetModel', 's3:GetObject', 'targetVpc', 'deny'],
  [ARTIFACTS, 'outsider', 's3:GetObject', 'environmentVpc', 'deny'],
  // Templates: from anywhere, by name; the publisher writes, and nobody else.
  [TEMPLATES, 'publisher', 's3:PutObject', 'internet', 'allow'],
  [TEMPLATES, 'publisher', 's3:DeleteObject', 'internet', 'allow'],
  [TEMPLATES, 'publisher', 's3:DeleteObjectVersion', 'internet', 'deny'],
  [TEMPLATES, 'studio', 's3:GetObject', 'internet', 'allow'],
  [TEMPLATES, 'studio', 's3:GetObjectTagging', 'internet', 'allow'],
  [TEMPLATES, 'studio', 's3:PutObject', 'internet', 'deny'],
  [TEMPLATES, 'preparation', 's3:GetObject', 'internet', 'allow'],
  [TEMPLATES, 'launch', 's3:GetObject', 'serviceNetwork', 'allow'],
  [TEMPLATES, 'launch', 's3:PutObject', 'serviceNetwork', 'deny'],
  [TEMPLATES, 'codeBuild', 's3:GetObject', 'environmentVpc', 'allow'],
  [TEMPLATES, 'codeBuild', 's3:PutObject', 'environmentVpc', 'deny'],
  [TEMPLATES, 'release', 's3:GetObject', 'environmentVpc', 'allow'],
  [TEMPLATES, 'release', 's3:PutObject', 'environmentVpc', 'deny'],
  [TEMPLATES, 'accounts', 's3:GetObject', 'serviceNetwork', 'allow'],
  [TEMPLATES, 'accounts', 's3:PutObject', 'serviceNetwork', 'deny'],
  [TEMPLATES, 'deployer', 's3:GetObject', 'serviceNetwork', 'allow'],
  [TEMPLATES, 'deployer', 's3:PutObject', 'serviceNetwork', 'deny'],
  [TEMPLATES, 'codePipeline', 's3:GetObject', 'serviceNetwork', 'deny'],
  [TEMPLATES, 'job', 's3:GetObject', 'environmentVpc', 'deny'],
  [TEMPLATES, 'admin', 's3:GetObject', 'internet', 'deny'],
  [TEMPLATES, 'admin', 's3:PutObject', 'internet', 'deny'],
  [TEMPLATES, 'targetModel', 's3:GetObject', 'targetVpc', 'deny'],
  [TEMPLATES, 'outsider', 's3:GetObject', 'internet', 'deny'],
  [TEMPLATES, 'outsider', 's3:ListBucket', 'internet', 'deny'],
];

test.each(ROWS)('%s bucket: %s %s from %s: %s', async (trust, who, action, from, expected) => {
  expect(await weighing.onBucket(trust, who, action, from)).toBe(expected);
});

/** What Athena may do on the data bucket: for whom, on which way, where queries were asked for and where they were not. */
const QUERIES: [who: Who, action: string, from: string, opened: 'allow' | 'deny', closed: 'allow' | 'deny'][] = [
  ['preparation', 's3:GetObject', 'athena', 'allow', 'deny'],
  ['preparation', 's3:PutObject', 'athena', 'allow', 'deny'],
  ['preparation', 's3:ListBucket', 'athena', 'allow', 'deny'],
  ['preparation', 's3:GetBucketLocation', 'athena', 'allow', 'deny'],
  ['preparation', 's3:PutBucketPolicy', 'athena', 'deny', 'deny'],
  ['preparation', 's3:DeleteObjectVersion', 'athena', 'deny', 'deny'],
  ['preparation', 's3:GetObject', 'environmentVpc', 'allow', 'allow'],
  ['preparation', 's3:GetObject', 'awsService', 'deny', 'deny'],
  ['preparation', 's3:GetObject', 'serviceAskingAthena', 'deny', 'deny'],
  ['preparation', 's3:GetObject', 'internet', 'deny', 'deny'],
  ['preparation', 's3:PutObject', 'serviceNetwork', 'deny', 'deny'],
  ['preparation', 's3:ListBucket', 'siblingVpc', 'deny', 'deny'],
  ['studio', 's3:GetObject', 'athena', 'deny', 'deny'],
  ['job', 's3:PutObject', 'athena', 'deny', 'deny'],
  ['admin', 's3:GetObject', 'athena', 'deny', 'deny'],
  ['admin', 's3:ListBucket', 'athena', 'deny', 'deny'],
  ['admin', 's3:GetBucketLocation', 'athena', 'deny', 'deny'],
  // Exempt from the network, but nobody whose queries Athena runs.
  ['deployer', 's3:GetBucketPolicy', 'athena', 'deny', 'allow'],
  ['macie', 's3:GetObject', 'athena', 'deny', 'allow'],
  ['outsider', 's3:GetObject', 'athena', 'deny', 'deny'],
];

test.each(QUERIES)('data bucket: %s %s from %s: %s with queries, %s without', async (who, action, from, opened, closed) => {
  expect(await queried.onBucket(DATA, who, action, from)).toBe(opened);
  expect(await weighing.onBucket(DATA, who, action, from)).toBe(closed);
});

test.each([MODELS, RELEASES, REPORTS, BucketKind.CAPTURE])('%s bucket: queries over data open nothing here', async (trust) => {
  for (const action of ['s3:GetObject', 's3:PutObject', 's3:ListBucket']) {
    expect([action, await queried.onBucket(trust, 'preparation', action, 'athena')]).toEqual([action, await weighing.onBucket(trust, 'preparation', action, 'athena')]);
  }
});

describe('what is handed on', () => {
  const RELEASE = 'churn--churn-foreca/Release/aB3dE5f', BUILT = 'churn--churn-foreca/BuildOutpu/aB3dE5f', CODE = 'code/churn--forecast/train.py';
  const ACCOUNTS = 'churn--churn-foreca/AccountsPr/aB3dE5f';
  const put = (who: Who, key: string) => weighing.onBucket(ARTIFACTS, who, 's3:PutObject', who === 'accounts' ? 'serviceNetwork' : 'environmentVpc', {}, key);

  test.each([BUILT, CODE])('a build that runs code of a repository writes %s', async (key) => expect(await put('codeBuild', key)).toBe('allow'));
  test.each([RELEASE, ACCOUNTS, RELEASE.replace('Release', 'Code'), RELEASE.replace('Release', 'Rebuild'), 'x'])('but not %s', async (key) => {
    expect(await put('codeBuild', key)).toBe('deny');
  });
  test.each([RELEASE, BUILT])('the release writes %s', async (key) => expect(await put('release', key)).toBe('allow'));
  test('the list of accounts is written by who makes it', async () => expect(await put('accounts', ACCOUNTS)).toBe('allow'));
  test.each([RELEASE, BUILT, CODE])('who makes it does not write %s', async (key) => expect(await put('accounts', key)).toBe('deny'));
  test.each([BUILT, CODE])('who builds nothing does not write %s', async (key) => expect(await put('admin', key)).toBe('deny'));
});

describe.each(Object.values(BucketKind))('%s bucket', (trust) => {
  test('the deploying role sets it up from anywhere', async () => {
    for (const action of ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutBucketVersioning', 's3:DeleteBucket']) {
      expect([action, await weighing.onBucket(trust, 'deployer', action, 'serviceNetwork')]).toEqual([action, 'allow']);
    }
  });

  test('nobody else changes its settings, not even from the network', async () => {
    for (const action of ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutReplicationConfiguration', 's3:PutBucketPublicAccessBlock', 's3:PutBucketAcl',
      's3:PutLifecycleConfiguration', 's3:PutInventoryConfiguration', 's3:PutObjectAcl']) {
      expect([action, await weighing.onBucket(trust, 'admin', action, 'environmentVpc')]).toEqual([action, 'deny']);
    }
  });

  test('plain HTTP is refused', async () => {
    expect(await weighing.onBucket(trust, 'studio', 's3:ListBucket', 'environmentVpc', { 'aws:SecureTransport': 'false' })).toBe('deny');
  });

  test('versions stay, unless it is emptied by choice', async () => {
    expect(await weighing.onBucket(trust, 'emptying', 's3:DeleteObjectVersion', 'internet')).toBe('deny');
    expect(await emptied.onBucket(trust, 'emptying', 's3:DeleteObjectVersion', 'internet')).toBe('allow');
    expect(await emptied.onBucket(trust, 'emptying', 's3:ListBucketVersions', 'internet')).toBe('allow');
    expect(await emptied.onBucket(trust, 'admin', 's3:DeleteObjectVersion', 'environmentVpc')).toBe('deny');
  });
});

describe.each([[DATA, 'job'], [MODELS, 'job'], [REPORTS, 'job'], [ARTIFACTS, 'release']] as const)('encryption of the %s bucket', (trust, writer) => {
  const put = (more: Record<string, string>) => weighing.onBucket(trust, writer, 's3:PutObject', 'environmentVpc', more);
  const keyHeader = 's3:x-amz-server-side-encryption-aws-kms-key-id';

  test('no word of encryption gets the bucket\'s own', async () => expect(await put({})).toBe('allow'));
  test('KMS encryption without a key is encryption with AWS\'s own key, which is foreign', async () => expect(await put(KMS)).toBe('deny'));
  test('SSE-S3 is foreign', async () => expect(await put({ 's3:x-amz-server-side-encryption': 'AES256' })).toBe('deny'));
  test('another key is foreign', async () =>
    expect(await put({ ...KMS, [keyHeader]: 'arn:aws:kms:us-east-1:999999999999:key/00000000-dead-4bad-8bad-000000000000' })).toBe('deny'));
  test('a key of the customer is foreign', async () => expect(await put({ 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' })).toBe('deny'));
});

test('the deploying role never reads objects', async () => {
  for (const trust of [DATA, MODELS, RELEASES, REPORTS, ARTIFACTS]) expect(await weighing.onBucket(trust, 'deployer', 's3:GetObject', 'internet')).toBe('deny');
});

test('the S3 endpoint leads to no bucket of access logs', async () => {
  expect(await weighing.onBucket(ACCESS_LOGS, 'studio', 's3:GetObject', 'environmentVpc')).toBe('deny');
});
