import { Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, DetectiveControls } from '../../../src';

/** An environment with every control that watches it. */
export function watched(stack: Stack): void {
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', mlflow: {}, featureStore: true });
  new DetectiveControls(stack, 'Controls', {
    environment, configRules: true, securityHub: true, guardDuty: true, macie: true, externalAccessAnalyzer: true, unusedAccessAnalyzer: true,
  });
}
