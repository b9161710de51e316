import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment, StorageOptions } from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };

function storageOf(storage: (stack: Stack) => StorageOptions = () => ({})) {
  const stack = new Stack(testApp(), 'Stack', { env });
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', storage: storage(stack) });
}

test('one bucket cannot be given for two trusts', () => {
  expect(() => storageOf((stack) => {
    const bucket = Bucket.fromBucketName(stack, 'Company', 'company');
    return { existingBuckets: { dataBucket: bucket, modelsBucket: bucket } };
  })).toThrow('[Stack/Churn/Storage] existingBuckets must have no element twice');
});

test('a given bucket keeps its policy, and its owner is told what to add', () => {
  const { storage } = storageOf((stack) => ({ existingBuckets: { dataBucket: Bucket.fromBucketName(stack, 'Company', 'company') } }));
  expect(storage.requiredStatements(storage.dataBucket).map(({ sid }) => sid)).toContain('DenyReadingFromOutside');
  expect(storage.requiredStatements(storage.modelsBucket)).toEqual([]);
});

test.each([
  [[], '[StorageGrants] prefixes must'],
  [[''], '[StorageGrants.writeData] prefixes.0 must be a text that is not empty'],
  [['*'], '[StorageGrants] prefixes must'],
  [['/absolute/'], '[StorageGrants] prefixes must'],
  [['no-slash'], '[StorageGrants] prefixes must'],
])('writing data under %p is refused', (prefixes, says) => {
  const { storage, executionRoles } = storageOf();
  expect(() => storage.grants.writeData(executionRoles.jobRole, prefixes)).toThrow(says);
});

test.each([['outputs'], ['/outputs/'], ['*/']])('the output prefix %p is refused', (prefix) => {
  expect(() => storageOf(() => ({ outputPrefixes: [prefix] }))).toThrow('[Stack/Churn/Storage] outputPrefixes must each be a prefix');
});
