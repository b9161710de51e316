import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ENV, storageOf } from './parts';
import { DataScienceEnvironment } from '../../src';
import { testApp } from '../test-app';

const REMEDY = 'The CDK sets them by a function, which the bucket\'s policy denies. Set storage.eventBridgeEnabled, and make an EventBridge rule for events of aws.s3';

test('events of the data bucket are turned on by CloudFormation', () => {
  const { stack, storage } = storageOf(() => ({ eventBridgeEnabled: true }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::S3::Bucket', { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } });
  template.resourceCountIs('Custom::S3BucketNotifications', 0);
  expect(Object.keys(template.findResources('AWS::S3::Bucket', { Properties: { NotificationConfiguration: Match.anyValue() } })))
    .toEqual([stack.getLogicalId(storage.dataBucket.node.defaultChild as never)]);
});

test('events of a given data bucket are its owner\'s', () => {
  expect(() => storageOf((stack) => ({ eventBridgeEnabled: true, existingBuckets: { dataBucket: Bucket.fromBucketName(stack, 'Theirs', 'theirs') } })))
    .toThrow('[Stack/Churn/Storage] eventBridgeEnabled must not be set for a given data bucket, got true. '
      + 'Settings of a given bucket are its owner\'s: turn its events on where it is made');
});

test('notifications by a function of the CDK are refused where they are asked for', () => {
  const { stack, storage: { dataBucket: data, modelsBucket: models } } = storageOf();
  const destination = new SqsDestination(new Queue(stack, 'Queue'));
  expect(() => data.enableEventBridgeNotification()).toThrow(
    `[Stack/Churn/Storage/Data] notifications must be set by CloudFormation, got "enableEventBridgeNotification()". ${REMEDY}`);
  expect(() => models.addEventNotification(EventType.OBJECT_CREATED, destination)).toThrow('[Stack/Churn/Storage/Models] notifications must');
  expect(() => data.addObjectCreatedNotification(destination)).toThrow('got "addObjectCreatedNotification()"');
  expect(() => data.addObjectRemovedNotification(destination)).toThrow('got "addObjectRemovedNotification()"');
});

test('files of a deployment do not go into a bucket of the environment, and go into any other', () => {
  const app = testApp(), stack = new Stack(app, 'Stack', { env: ENV });
  const { storage } = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  const sources = [Source.data('a.csv', 'x')];
  new BucketDeployment(stack, 'Own', { destinationBucket: new Bucket(stack, 'Mine'), sources });
  expect(storage.dataBucket.node.validate()).toEqual([]);
  new BucketDeployment(stack, 'Files', { destinationBucket: storage.dataBucket, destinationKeyPrefix: 'reference/', sources });
  expect(storage.dataBucket.node.validate()).toEqual(['BucketDeployment must have another destination than a bucket of the environment, got "Stack/Files". '
    + 'Its function writes from outside of the network and is denied. Put the files there by a job or a notebook, or into a bucket of your own (addDataSource)']);
});

test('a grant by a key of the environment is refused, since the key\'s policy lets its role not in', () => {
  const { stack, environment } = storageOf();
  const role = new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  expect(() => environment.keys.data.grantEncryptDecrypt(role)).toThrow('[Stack/Churn/Keys/Data] grants must be given to roles that the perimeter names, '
    + 'got "grantEncryptDecrypt()". The key\'s policy lets in the environment\'s own roles only, through the services that the key is for.');
  environment.storage.modelsBucket.grantRead(role);
  Annotations.fromStack(stack).hasWarning('/Stack/Churn/Keys/Models', Match.stringLikeRegexp('A grant works for the environment\'s own roles only'));
});
