import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { build } from './app';
import { SnapshotApp } from '../snapshot-app';

const app = new SnapshotApp();
const stack = build(app);

const assertionStack = new Stack(app, 'SecureMlopsControlsAssertions', { env: { account: stack.account, region: stack.region } });
const test = new IntegTest(app, 'ControlsTest', { testCases: [stack], assertionStack, stackUpdateWorkflow: true });

// What only an account can show: CloudTrail takes the selectors and delivers to the log group, and the function does what it is told to.
test.assertions
  .awsApiCall('CloudWatchLogs', 'describeLogStreams', { logGroupName: stack.detective.trailLogGroup.logGroupName })
  .assertAtPath('logStreams.0.logStreamName', ExpectedResult.stringLikeRegexp('CloudTrail'))
  .waitForAssertions();
test.assertions
  .awsApiCall('S3', 'getPublicAccessBlock', { Bucket: stack.trailBucket.bucketName })
  .expect(ExpectedResult.objectLike({ PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true } }));
test.assertions
  .invokeFunction({ functionName: stack.corrective.function.functionName, payload: JSON.stringify({ 'detail-type': 'SageMaker Endpoint State Change', 'detail': { EndpointName: 'nobody-has-it' } }) })
  .expect(ExpectedResult.objectLike({ StatusCode: 200 }));
