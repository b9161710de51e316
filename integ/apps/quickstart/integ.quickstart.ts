import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { QuickstartStack } from './quickstart-stack';

const app = new App();
const stack = new QuickstartStack(app, 'SecureMlopsQuickstart');

const test = new IntegTest(app, 'QuickstartTest', { testCases: [stack], stackUpdateWorkflow: true });

// What only an account can show: the domain stands, has no way out, and the data bucket keeps strangers out.
test.assertions
  .awsApiCall('SageMaker', 'describeDomain', { DomainId: stack.churn.studio.domainId })
  .expect(ExpectedResult.objectLike({ Status: 'InService', AppNetworkAccessType: 'VpcOnly' }));
test.assertions
  .awsApiCall('S3', 'getPublicAccessBlock', { Bucket: stack.churn.storage.data.bucketName })
  .expect(ExpectedResult.objectLike({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } }));
