import { Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, MlflowTrackingServerSize } from '../../../src';

/** Experiments, with every setting that there is. */
export function tracksExperiments(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', mlflow: { size: MlflowTrackingServerSize.MEDIUM, version: '3.0', weeklyMaintenanceWindowStart: 'Tue:03:30' },
  });
}

/** Feature groups. */
export function keepsFeatures(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', featureStore: true });
}
