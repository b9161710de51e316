import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { build } from './app';
import { SnapshotApp } from '../snapshot-app';

const app = new SnapshotApp();
const stack = build(app);

const test = new IntegTest(app, 'BringYourOwnTest', { testCases: [stack], stackUpdateWorkflow: true });

// What only an account can show: the domain stands in the company's subnets, and the company's bucket has the perimeter's policy.
test.assertions
  .awsApiCall('SageMaker', 'describeDomain', { DomainId: stack.churn.studio.domainId })
  .expect(ExpectedResult.objectLike({ Status: 'InService', AppNetworkAccessType: 'VpcOnly', VpcId: stack.churn.network.vpc.vpcId }));
test.assertions
  .awsApiCall('S3', 'getBucketPolicyStatus', { Bucket: stack.churn.storage.dataBucket.bucketName })
  .expect(ExpectedResult.objectLike({ PolicyStatus: { IsPublic: false } }));
