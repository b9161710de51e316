import { App, Environment, Stack } from 'aws-cdk-lib';
import { CrossAccountDeploymentTarget, CrossAccountDeploymentTargetProps, DataScienceEnvironment, DeploymentStage, ModelPromotion, StageRetirement } from '../../src';
import { testApp } from '../test-app';

export const DATA_SCIENCE: Environment = { account: '111111111111', region: 'eu-west-1' };
export const STAGING: Environment = { account: '222222222222', region: 'eu-west-1' };

export const staging = DeploymentStage.accounts('staging', { accounts: [STAGING.account!] });
export const production = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
});

/** The same stages, with a choice of what becomes of accounts that leave. */
export const stagingWith = (retirement: StageRetirement) => DeploymentStage.accounts('staging', { accounts: staging.accountIds, retirement });
export const productionWith = (retirement: StageRetirement) => DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, retirement,
});

/** The same stages, whose targets have copies of models of their own. */
export const promotingStaging = DeploymentStage.accounts('staging', { accounts: staging.accountIds, promotion: ModelPromotion.copy() });
export const promotingProduction = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, promotion: ModelPromotion.copy(),
});

/** The environment `churn`, as another team's app knows it. */
export function knownByName(app: App, attributes = {}) {
  return DataScienceEnvironment.fromEnvironmentAttributes(new Stack(app, 'Names'), 'Churn', {
    environmentName: 'churn', account: DATA_SCIENCE.account!, region: DATA_SCIENCE.region!, ...attributes,
  });
}

/** A target of the environment `churn`, and its stack. */
export function target(props: Partial<CrossAccountDeploymentTargetProps> = {}, env: Environment | undefined = STAGING) {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Target', { env });
  return { app, stack, target: new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, ...props }) };
}
