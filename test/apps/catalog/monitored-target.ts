import { Stack } from 'aws-cdk-lib';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage } from '../../../src';

/** A target whose models are monitored, with access logs, in an app that knows the environment by its names alone. */
export function monitoredTarget(stack: Stack): void {
  new CrossAccountDeploymentTarget(stack, 'Target', {
    environment: DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', account: '111111111111', region: 'eu-west-1' }),
    stage: DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} }),
    groundTruthWriters: ['labels/writer'],
    enableAccessLogs: true,
  });
}
