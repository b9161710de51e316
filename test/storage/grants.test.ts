import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { granted, storageOf } from './parts';
import { DataSource, StorageGrants } from '../../src';

type Grants = (grants: StorageGrants, grantee: IGrantable) => unknown;

/** Actions that a grant brings, in alphabetical order. */
function actionsOf(grants: Grants): string[] {
  const { stack, storage } = storageOf();
  return granted(stack, (role) => grants(storage.grants, role)).flatMap(({ Action }) => Action).sort();
}

const throughS3Of = (stack: Stack, region: string) => ({ StringEquals: { 'kms:ViaService': stack.resolve(`s3.${region}.${stack.urlSuffix}`) } });

const FIND = ['s3:GetBucketLocation', 's3:ListBucket'];
const READ = ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging', 's3:GetObjectVersion'];
const WRITE = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject', 's3:PutObjectTagging'];
const DECRYPT = ['kms:Decrypt'], ENCRYPT = [...DECRYPT, 'kms:GenerateDataKey'];

test.each<[string, Grants, string[]]>([
  ['readData', (all, to) => all.readData(to), [...DECRYPT, ...FIND, ...READ]],
  ['readModels', (all, to) => all.readModels(to), [...DECRYPT, ...FIND, ...READ]],
  ['readReleases', (all, to) => all.readReleases(to), [...DECRYPT, ...FIND, ...READ]],
  ['readReports', (all, to) => all.readReports(to), [...DECRYPT, ...FIND, ...READ]],
  ['registerModels', (all, to) => all.registerModels(to), [...DECRYPT, ...READ]],
  ['writeOutputs', (all, to) => all.writeOutputs(to), [...ENCRYPT, ...FIND, ...WRITE, 's3:DeleteObject']],
  ['writeData', (all, to) => all.writeData(to, ['mine/']), [...ENCRYPT, ...FIND, ...WRITE, 's3:DeleteObject']],
  ['writeJobOutputs', (all, to) => all.writeJobOutputs(to), [...ENCRYPT, 'kms:Encrypt', ...FIND, ...WRITE, 's3:DeleteObject']],
  ['writeModels', (all, to) => all.writeModels(to), [...ENCRYPT, 'kms:Encrypt', ...FIND, ...READ, ...WRITE]],
  ['writeReleases', (all, to) => all.writeReleases(to), [...ENCRYPT, ...FIND, ...READ, ...WRITE]],
  ['writeReports', (all, to) => all.writeReports(to), [...ENCRYPT, 'kms:Encrypt', ...FIND, ...READ, ...WRITE]],
])('%s brings what it needs and nothing else', (_, grants, actions) => {
  expect(actionsOf(grants)).toEqual([...actions].sort());
});

test('the key may be used through S3 only', () => {
  const { stack, storage } = storageOf();
  const keys = granted(stack, (role) => storage.grants.readData(role)).filter(({ Action }) => String(Action).startsWith('kms:'));
  expect(keys).toEqual([expect.objectContaining({
    Resource: stack.resolve(storage.dataBucket.encryptionKey!.keyArn),
    Condition: throughS3Of(stack, 'eu-west-1'),
  })]);
});

test('outputs are written and listed under their prefixes only', () => {
  const { stack, storage } = storageOf(() => ({ outputPrefixes: ['features/', 'predictions/'] }));
  const statements = granted(stack, (role) => storage.grants.writeOutputs(role));
  const objects = statements.find(({ Action }) => Action.includes('s3:PutObject'))!;
  expect(objects.Resource).toEqual(['features/*', 'predictions/*'].map((objectsOf) => stack.resolve(storage.dataBucket.arnForObjects(objectsOf))));
  expect(statements.find(({ Action }) => Action === 's3:ListBucket')!.Condition)
    .toEqual({ StringLike: { 's3:prefix': ['features/', 'features/*', 'predictions/', 'predictions/*'] }, StringEquals: { 'aws:ResourceAccount': '111111111111' } });
});

test('a bucket is reached while it is the environment\'s, and no longer when somebody else has taken its name', () => {
  const { stack, storage } = storageOf();
  const buckets = granted(stack, (role) => storage.grants.writeModels(role)).filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')));
  expect(buckets.map(({ Condition }) => Condition)).toEqual(buckets.map(() => ({ StringEquals: { 'aws:ResourceAccount': '111111111111' } })));
});

test('a model is read for registration only where a service forwards the request', () => {
  const { stack, storage } = storageOf();
  const read = granted(stack, (role) => storage.grants.registerModels(role)).find(({ Action }) => Action.includes('s3:GetObject'))!;
  expect(read.Condition).toEqual({ Bool: { 'aws:ViaAWSService': 'true' }, StringEquals: { 'aws:ResourceAccount': '111111111111' } });
});

test('grants leave the policies of buckets and keys as they are', () => {
  const policies = (grants: Grants) => {
    const { stack, storage } = storageOf();
    granted(stack, (role) => grants(storage.grants, role));
    const template = Template.fromStack(stack);
    return [template.findResources('AWS::S3::BucketPolicy'), template.findResources('AWS::KMS::Key')];
  };
  const all: Grants = (grants, to) => [grants.writeModels(to), grants.writeReleases(to), grants.writeReports(to), grants.writeOutputs(to)];
  expect(policies(all)).toEqual(policies(() => undefined));
});

describe('data of somebody else', () => {
  const bucketOf = (stack: Stack, region?: string) => Bucket.fromBucketAttributes(stack, 'Warehouse', {
    bucketName: 'warehouse', region, encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:222222222222:key/22222222-2222-4222-8222-222222222222'),
  });

  test('is read under its prefix', () => {
    const { stack } = storageOf();
    const statements = granted(stack, (role) => new DataSource(bucketOf(stack), { prefix: 'sales/' }).grantAccess(role));
    expect(JSON.stringify(statements)).toContain(':s3:::warehouse/sales/*');
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('s3:PutObject');
  });

  test('is written where that is asked for, and versions stay', () => {
    const { stack } = storageOf();
    const source = new DataSource(bucketOf(stack), { writable: true });
    const actions = granted(stack, (role) => source.grantAccess(role)).flatMap(({ Action }) => Action);
    expect(actions).toContain('s3:PutObject');
    expect(actions.filter((action) => action.includes('Delete'))).toEqual([]);
  });

  test('is decrypted through S3 of the region that the bucket is in', () => {
    const { stack } = storageOf();
    const statements = granted(stack, (role) => new DataSource(bucketOf(stack, 'us-east-1')).grantAccess(role));
    expect(statements.find(({ Action }) => Action === 'kms:Decrypt')!.Condition).toEqual(throughS3Of(stack, 'us-east-1'));
  });

  test.each(['', 'sales', '/sales/', 'sales//', '*/'])('is refused under the prefix "%s"', (prefix) => {
    const { stack } = storageOf();
    expect(() => new DataSource(bucketOf(stack), { prefix })).toThrow(
      `[DataSource] prefix must be a prefix that ends with a slash and begins with none, such as sales/, without wildcards, got "${prefix}"`);
  });
});
