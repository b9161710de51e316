import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { build } from './app';
import { SnapshotApp } from '../snapshot-app';

const app = new SnapshotApp();
const stack = build(app);

const test = new IntegTest(app, 'MultiAccountTest', { testCases: [stack], stackUpdateWorkflow: true });

// What only accounts can show: the role chain leads into the staging account, and an endpoint stack stands there.
test.assertions
  .awsApiCall('CloudFormation', 'describeStackInstance', {
    StackSetName: stack.forecast.endpointName,
    StackInstanceAccount: stack.forecast.accounts[0],
    StackInstanceRegion: stack.region,
  })
  .expect(ExpectedResult.objectLike({ StackInstance: { Status: 'CURRENT' } }));
