import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { build } from './app';
import { SnapshotApp } from '../snapshot-app';

const app = new SnapshotApp();
const stack = build(app);

const test = new IntegTest(app, 'QuickstartTest', { testCases: [stack], stackUpdateWorkflow: true });

// What only an account can show: the domain stands, has no way out, and the data bucket keeps strangers out.
test.assertions
  .awsApiCall('SageMaker', 'describeDomain', { DomainId: stack.churn.studio.domainId })
  .expect(ExpectedResult.objectLike({ Status: 'InService', AppNetworkAccessType: 'VpcOnly' }));
test.assertions
  .awsApiCall('S3', 'getPublicAccessBlock', { Bucket: stack.churn.storage.dataBucket.bucketName })
  .expect(ExpectedResult.objectLike({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } }));
