import { App, Stack } from 'aws-cdk-lib';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, DeploymentTargetStackSet, ModelPromotion, ProjectBlueprint } from '../../../src';

/** Targets that keep copies of models of their own, in a stack of theirs and placed by a stack set. */
export function promoting(app: App): void {
  const promotion = ModelPromotion.copy();
  const staging = DeploymentStage.accounts('staging', { accounts: ['222222222222'], promotion });
  const production = DeploymentStage.organizationalUnits('production', {
    organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], promotion,
  });
  const region = 'eu-west-1';
  const environment = new DataScienceEnvironment(new Stack(app, 'SecureMlops', { env: { account: '111111111111', region } }), 'Churn', {
    environmentName: 'churn', deploymentStages: [staging, production],
  });
  environment.addProjectTemplate('Deploy', { blueprint: ProjectBlueprint.deploy() });
  new CrossAccountDeploymentTarget(new Stack(app, 'Staging', { env: { account: '222222222222', region } }), 'Churn', { environment, stage: staging });
  new DeploymentTargetStackSet(new Stack(app, 'Platform', { env: { account: '999999999999', region } }), 'Churn', { environment, stage: production });
}
