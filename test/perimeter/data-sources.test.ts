import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PerimeterApp } from './perimeter-app';
import { Weighing, Who } from './weighing';
import { BucketKind } from '../../src/perimeter';
import { ACCOUNTS, REGION } from '../access/request/organization';

/** A bucket of another account, opened for one prefix. */
function opened(writable = false) {
  const app = new PerimeterApp();
  const bucket = Bucket.fromBucketAttributes(app.stack, 'Warehouse', { bucketName: 'warehouse', account: ACCOUNTS.sibling.id, region: REGION });
  app.perimeter.allowDataSource(bucket, 'sales/', writable);
  const weighing = new Weighing(app);
  const bucketPolicy = app.perimeter.requiredBucketStatements(bucket, BucketKind.DATA);
  const keyPolicy = app.perimeter.requiredBucketKeyStatements(bucket);
  return {
    statements: [...bucketPolicy, ...keyPolicy],
    onObject: (who: Who, action: string, from = 'environmentVpc', key = 'sales/2026.csv') =>
      weighing.onOwners(who, action, `arn:aws:s3:::warehouse/${key}`, ACCOUNTS.sibling.id, from, bucketPolicy),
    onBucket: (who: Who, action: string, prefix?: string) =>
      weighing.onOwners(who, action, 'arn:aws:s3:::warehouse', ACCOUNTS.sibling.id, 'environmentVpc', bucketPolicy, prefix === undefined ? {} : { 's3:prefix': prefix }),
    onKey: (who: Who, action: string, service = 's3') =>
      weighing.onOwners(who, action, `arn:aws:kms:${REGION}:${ACCOUNTS.sibling.id}:key/11111111-2222-4333-8444-555555555555`, ACCOUNTS.sibling.id, 'awsService', keyPolicy,
        { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` }),
  };
}

describe('what the owner of an opened bucket must add', () => {
  test.each<Who>(['studio', 'preparation', 'job'])('lets the %s role read, list and find its prefix through the endpoint', async (who) => {
    const { onObject, onBucket, onKey } = opened();
    expect(await Promise.all([
      onObject(who, 's3:GetObject'), onObject(who, 's3:GetObjectAttributes'), onBucket(who, 's3:ListBucket', 'sales/2026'), onBucket(who, 's3:GetBucketLocation'), onKey(who, 'kms:Decrypt'),
    ])).toEqual(['allow', 'allow', 'allow', 'allow', 'allow']);
  });

  test.each<Who>(['pipeline', 'model', 'admin', 'outsider'])('lets %s do nothing', async (who) => {
    const { onObject, onBucket, onKey } = opened();
    expect(await Promise.all([onObject(who, 's3:GetObject'), onBucket(who, 's3:ListBucket', 'sales/'), onBucket(who, 's3:GetBucketLocation'), onKey(who, 'kms:Decrypt')]))
      .toEqual(['deny', 'deny', 'deny', 'deny']);
  });

  test('opens no other prefix, no other network and no other service', async () => {
    const { onObject, onBucket, onKey } = opened();
    expect(await Promise.all([
      onObject('job', 's3:GetObject', 'environmentVpc', 'salaries/2026.csv'), onBucket('job', 's3:ListBucket', 'salaries/'), onBucket('job', 's3:ListBucket'),
      onObject('job', 's3:GetObject', 'internet'), onObject('job', 's3:GetObject', 'neighbourVpc'), onKey('job', 'kms:Decrypt', 'sagemaker'),
    ])).toEqual(['deny', 'deny', 'deny', 'deny', 'deny', 'deny']);
  });

  test.each([[false, 'deny'], [true, 'allow']])('lets roles write where that was asked for: %s', async (writable, expected) => {
    const { onObject, onKey } = opened(writable);
    expect(await Promise.all([onObject('job', 's3:PutObject'), onKey('job', 'kms:GenerateDataKey'), onObject('job', 's3:DeleteObject')])).toEqual([expected, expected, 'deny']);
  });

  test('shuts nobody out', () => {
    expect([...new Set(opened().statements.map(({ effect }) => effect))]).toEqual(['Allow']);
  });

  test('is nothing about the key of a bucket that was not opened', () => {
    const { perimeter, stack } = new PerimeterApp();
    expect(perimeter.requiredBucketKeyStatements(Bucket.fromBucketName(stack, 'Other', 'other'))).toEqual([]);
  });
});
