import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage } from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const ELSEWHERE = 'arn:aws:iam::999999999999:role/deployer';
const WAY_OUT = 'CloudFormation deploys a stack with a role of the stack\'s own account: give that one, not the role of the pipeline that starts the deployment';

test('a data source of another region is refused: the S3 endpoint does not lead there', () => {
  const app = testApp();
  const environment = new DataScienceEnvironment(new Stack(app, 'Stack', { env }), 'Churn', { environmentName: 'churn' });
  const bucket = new Bucket(new Stack(app, 'Warehouse', { env: { ...env, region: 'us-east-1' } }), 'Bucket', { bucketName: 'warehouse' });
  expect(() => environment.addDataSource(bucket)).toThrow('[Stack/Churn] bucket must be in the environment\'s region, eu-west-1, got "us-east-1". '
    + 'The S3 endpoint leads to buckets of its own region: replicate the data into one there');
});

test('a data source whose region nobody knows is taken, as is one of another account', () => {
  const app = testApp();
  const environment = new DataScienceEnvironment(new Stack(app, 'Stack'), 'Churn', { environmentName: 'churn' });
  const imported = Bucket.fromBucketAttributes(environment, 'Theirs', { bucketName: 'theirs', account: '999999999999' });
  expect(() => environment.addDataSource(imported)).not.toThrow();
});

test('a deploying role of another account is refused: nobody could change keys and buckets again', () => {
  const make = (cloudFormationExecutionRoles: string[]) => new DataScienceEnvironment(new Stack(testApp(), 'Stack', { env }), 'Churn', { environmentName: 'churn', cloudFormationExecutionRoles });
  expect(() => make([ELSEWHERE])).toThrow(`[Stack/Churn/Perimeter] cloudFormationExecutionRoles must be roles of the environment's account, 111111111111, got ["${ELSEWHERE}"]. ${WAY_OUT}`);
  expect(() => make(['arn:aws:iam::111111111111:role/deployer'])).not.toThrow();
});

test('so is one of another account than a deployment target\'s', () => {
  const stack = new Stack(testApp(), 'Target', { env: { ...env, account: '222222222222' } });
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', ...env });
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'] });
  expect(() => new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage, cloudFormationExecutionRoles: [ELSEWHERE] }))
    .toThrow(`[Target/Target/Perimeter] cloudFormationExecutionRoles must be roles of the target's account, 222222222222, got ["${ELSEWHERE}"]. ${WAY_OUT}`);
});
