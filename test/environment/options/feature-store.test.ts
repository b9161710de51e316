import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentKeys } from '../../../src';
import { testApp } from '../../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };

function churn(props: Partial<DataScienceEnvironmentProps> = {}, context: Record<string, unknown> = {}, stack = new Stack(testApp({ context }), 'Stack', { env })) {
  return { stack, environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props }) };
}

/** All that the template says, but for what lists leave out of whatever account. */
const textOf = (stack: Stack) => JSON.stringify(Template.fromStack(stack).toJSON()).replaceAll('"NotResource":"arn:*:sagemaker:*:*:feature-group/*"', '');

test('without it there is nothing of feature groups but the hidden entry in Studio', () => {
  const { stack, environment } = churn();
  expect(environment.storage.offlineStore).toBeUndefined();
  expect(environment.keys.featureGroups).toBeUndefined();
  expect(environment.executionRoles.featureStoreRole).toBeUndefined();
  expect(textOf(stack).match(/.{40}(feature.?(group|store)|offline.?store|PutRecord)/gi) ?? []).toEqual([]);
});

describe('an environment with a feature store', () => {
  const { stack, environment } = churn({ featureStore: true });
  const template = Template.fromStack(stack);

  test('has a bucket, a key and a role of its own', () => {
    template.hasResource('AWS::S3::Bucket', { Properties: { LoggingConfiguration: { LogFilePrefix: 'offline-store/' } }, DeletionPolicy: 'RetainExceptOnCreate' });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/churn--feature-store' });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'churn--feature-store-eu-west-1' });
  });

  test('has the endpoint of records in its network', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sagemaker.featurestore-runtime', PrivateDnsEnabled: true });
  });

  test('says in parameters where offline stores are, with which key and which role', () => {
    const said = (name: string) => Object.values(template.findResources('AWS::SSM::Parameter', { Properties: { Name: `/secure-mlops/churn/${name}` } })).map(({ Properties }) => (Properties as { Value: unknown }).Value);
    expect(said('storage/offline-store-bucket')).toEqual([stack.resolve(environment.storage.offlineStore!.bucketName)]);
    expect(said('encryption/feature-store-key-arn')).toEqual([stack.resolve(environment.keys.featureGroups!.keyArn)]);
    expect(said('identity/feature-store-role-arn')).toEqual([stack.resolve(environment.executionRoles.featureStoreRole!.roleArn)]);
  });

  test('knows its bucket as its own', () => {
    expect(() => environment.addDataSource(Bucket.fromBucketName(stack, 'Same', environment.storage.offlineStore!.bucketName)))
      .toThrow('[Stack/Churn] bucket must be another bucket than the environment\'s own');
  });
});

describe('an environment with a given offline store', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/features', OTHER = 'arn:aws:kms:eu-west-1:111111111111:key/other';
  function withStore(featureGroups?: string) {
    const stack = new Stack(testApp(), 'Stack', { env });
    const offlineStore = Bucket.fromBucketAttributes(stack, 'Given', { bucketName: 'company-features', encryptionKey: Key.fromKeyArn(stack, 'Key', KEY) });
    const keys = featureGroups === undefined ? undefined : EnvironmentKeys.fromKeys({ featureGroups: Key.fromKeyArn(stack, 'FeatureGroups', featureGroups) });
    return churn({ featureStore: true, keys, storage: { existingBuckets: { offlineStore } } }, {}, stack);
  }

  test('publishes the key that guardrails ask of feature groups, and makes no other', () => {
    const { stack, environment } = withStore(), template = Template.fromStack(stack);
    const demanded = environment.executionRoles.guardrails.statements.filter(({ sid }) => /StoreKey$/.test(sid!))
      .flatMap(({ conditions }) => Object.values((conditions as Record<string, object>).StringNotEquals ?? {}) as string[]);
    expect(demanded).toEqual([KEY, KEY]);
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/encryption/feature-store-key-arn', Value: KEY });
    expect(environment.keys.featureGroups!.keyArn).toBe(KEY);
    expect(template.findResources('AWS::KMS::Alias', { Properties: { AliasName: 'alias/churn--feature-store' } })).toEqual({});
  });

  test('may be given the same key as that of feature groups, and no other', () => {
    expect(withStore(KEY).environment.keys.featureGroups!.keyArn).toBe(KEY);
    expect(() => withStore(OTHER)).toThrow('[Stack/Churn/Keys] keys.featureGroups must be the key of storage.existingBuckets.offlineStore, '
      + 'got Stack/FeatureGroups. Online and offline stores have one key: leave it out');
  });
});

test('destroying offline stores takes two keys', () => {
  const policyOf = (context: Record<string, unknown>) => {
    const { stack } = churn({ featureStore: true, removalPolicy: RemovalPolicy.DESTROY }, context);
    return Object.entries(Template.fromStack(stack).findResources('AWS::S3::Bucket')).find(([id]) => id.includes('OfflineStore'))![1].DeletionPolicy as string;
  };
  expect(policyOf({})).toBe('RetainExceptOnCreate');
  expect(policyOf({ '@cdk-secure-mlops/destroy-data': true })).toBe('Delete');
});
