import { App, Stack } from 'aws-cdk-lib';
// @ts-ignore: installed where the check runs this
// eslint-disable-next-line import/no-unresolved
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, Persona, ProjectBlueprint } from 'cdk-secure-mlops';

/** What a company has that uses everything, and checks its app with cdk-nag. */
export function platform(app: App): void {
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} });
  const env = { account: '111111111111', region: 'eu-west-1' };
  const environment = new DataScienceEnvironment(new Stack(app, 'Ml', { env }), 'Churn', { environmentName: 'churn', deploymentStages: [stage] });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  // Whoever adds a blueprint is told by the compiler that this has none of it.
  const blueprints: Record<Exclude<keyof typeof ProjectBlueprint, 'prototype' | 'custom'>, ProjectBlueprint> = {
    buildTrain: ProjectBlueprint.buildTrain(),
    fineTune: ProjectBlueprint.fineTune(),
    deploy: ProjectBlueprint.deploy(),
    batchInference: ProjectBlueprint.batchInference(),
    monitoring: ProjectBlueprint.monitoring(),
    imageBuild: ProjectBlueprint.imageBuild(),
  };
  for (const [name, blueprint] of Object.entries(blueprints)) environment.addProjectTemplate(name, { blueprint });
  new CrossAccountDeploymentTarget(new Stack(app, 'Target', { env: { ...env, account: '222222222222' } }), 'Churn', { environment, stage });
}
