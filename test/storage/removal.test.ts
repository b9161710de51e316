import { RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BOTH_KEYS, bucketsOf, Resource, storageOf } from './parts';
import { ResourceGraph } from '../apps/template/resource-graph';

const DESTROYED = { Key: 'cdk-secure-mlops:destroy-data', Value: 'true' };
const destroyed = () => storageOf(undefined, RemovalPolicy.DESTROY, BOTH_KEYS);
const resources = (template: Template, type: string) => template.findResources(type) as unknown as Record<string, Resource>;

describe.each([
  ['neither key', undefined, {}],
  ['the context flag alone', undefined, BOTH_KEYS],
  ['the removal policy alone', RemovalPolicy.DESTROY, {}],
  ['a flag that says no', RemovalPolicy.DESTROY, { '@cdk-secure-mlops/destroy-data': false }],
])('with %s', (_, removalPolicy, context) => {
  test('buckets stay, and nothing exists that could empty them', () => {
    const { stack, storage } = storageOf(undefined, removalPolicy, context);
    expect(Object.values(bucketsOf(stack, storage)).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(5).fill('RetainExceptOnCreate'));
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::EmptiedBucket', 0);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/s3:DeleteObjectVersion"[^\]]*"s3:AbortMultipartUpload|cdk-secure-mlops:destroy-data/);
  });
});

test('the removal policy alone is answered by one warning', () => {
  const { stack } = storageOf(undefined, RemovalPolicy.DESTROY);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('destroyTakesTwoKeys')).map(({ entry }) => entry.data)).toEqual([
    'removalPolicy is DESTROY, but the context flag @cdk-secure-mlops/destroy-data is not true: data, keys and people\'s work are retained. [ack: cdk-secure-mlops:destroyTakesTwoKeys]',
  ]);
});

describe('with both keys', () => {
  test('every bucket goes, says so by its tag, and is emptied first', () => {
    const { stack, storage } = destroyed();
    const buckets = bucketsOf(stack, storage);
    expect(Object.keys(buckets)).toHaveLength(5);
    for (const bucket of Object.values(buckets)) {
      expect(bucket.DeletionPolicy).toBe('Delete');
      expect(bucket.Properties.Tags).toContainEqual(DESTROYED);
    }
    Template.fromStack(stack).resourceCountIs('Custom::EmptiedBucket', 5);
    Template.fromStack(stack).allResourcesProperties('Custom::EmptiedBucket', { OnlyIfTagged: DESTROYED.Key });
  });

  test('a bucket is emptied while its policy still lets the handler in', () => {
    const { stack } = destroyed();
    const template = Template.fromStack(stack);
    const policies = resources(template, 'AWS::S3::BucketPolicy');
    for (const emptying of Object.values(resources(template, 'Custom::EmptiedBucket'))) {
      const ofBucket = (id: string) => JSON.stringify(policies[id].Properties.Bucket) === JSON.stringify(emptying.Properties.BucketName);
      const policy = Object.keys(policies).find(ofBucket);
      expect(policy).toBeDefined();
      expect(emptying.DependsOn).toContain(policy);
    }
  });

  test('access logs are emptied when the buckets that write them are gone', () => {
    const { stack, storage } = destroyed();
    const logs = stack.getLogicalId(storage.accessLogsBucket.node.findChild('Emptying').node.findChild('Default') as never);
    const { AccessLogs, ...others } = bucketsOf(stack, storage);
    for (const bucket of Object.values(others)) expect(bucket.DependsOn).toContain(logs);
    expect(AccessLogs.DependsOn ?? []).not.toContain(logs);
  });

  test('nothing waits in a circle', () => {
    expect(ResourceGraph.of(Template.fromStack(destroyed().stack).toJSON() as never).circles()).toEqual([]);
  });

  test('one bucket that people keep is kept with what is in it', () => {
    const { stack, storage } = destroyed();
    storage.modelsBucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const { Models, Data } = bucketsOf(stack, storage);
    expect(Models.DeletionPolicy).toBe('Retain');
    expect(Models.Properties.Tags).toContainEqual({ ...DESTROYED, Value: 'false' });
    expect(Data.Properties.Tags).toContainEqual(DESTROYED);
  });

  test('a given bucket is neither emptied nor deleted', () => {
    const { stack } = storageOf((inner) => ({ existingBuckets: { dataBucket: Bucket.fromBucketName(inner, 'Company', 'company') } }), RemovalPolicy.DESTROY, BOTH_KEYS);
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::EmptiedBucket', 4);
    expect(JSON.stringify(resources(template, 'Custom::EmptiedBucket'))).not.toContain('company');
  });

  test('the role that empties lists and deletes, and reads no object', () => {
    const { stack } = destroyed();
    const emptying = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.includes('EmptyingPolicy'));
    expect(emptying).toHaveLength(5);
    for (const [, { Properties }] of emptying) {
      expect(Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action)).toEqual([
        's3:GetBucketTagging', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload',
      ]);
    }
  });
});
