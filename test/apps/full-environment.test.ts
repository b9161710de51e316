import { App, Stack } from 'aws-cdk-lib';
import { cdkInitContext } from './catalog/cdk-init';
import { Template } from './template/template';
import { DataScienceEnvironment, DeploymentStage, ModelApproval, ModelPromotion, MonitoringCheck, Persona, ProjectBlueprint } from '../../src';

const USERS = 60;

/** A team as large as there is, in bytes without white space and as the CDK writes them: three stages, each blueprint twice, sixty people. */
function templateOf(context: Record<string, unknown>): { template: Template; dense: number } {
  const app = new App({ context });
  const stack = new Stack(app, 'Ml', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    deploymentStages: [
      DeploymentStage.accounts('dev', { accounts: ['222222222222'], monitoring: {} }),
      DeploymentStage.accounts('staging', { accounts: ['333333333333'], monitoring: {} }),
      DeploymentStage.organizationalUnits('production', {
        organizationId: 'o-exampleorg',
        organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
        platformAccount: '444444444444',
        approval: ModelApproval.manual(),
        promotion: ModelPromotion.copy(),
      }),
    ],
    packageIndex: {},
    dataPreparation: {},
    storage: { outputPrefixes: ['features/', 'queries/'] },
  });
  for (let index = 0; index < USERS; index++) environment.addUser(`user-${index}`, { persona: Persona.DATA_SCIENTIST });
  const blueprints = {
    Train: ProjectBlueprint.buildTrain(),
    Deploy: ProjectBlueprint.deploy(),
    FineTune: ProjectBlueprint.fineTune(),
    Image: ProjectBlueprint.imageBuild(),
    Batch: ProjectBlueprint.batchInference(),
    Monitor: ProjectBlueprint.monitoring({ checks: [MonitoringCheck.dataQuality()], retraining: true }),
  };
  for (const [name, blueprint] of Object.entries(blueprints)) {
    for (const id of [name, `${name}Again`]) environment.addProjectTemplate(id, { blueprint });
  }
  const template = app.synth().getStackByName('Ml').template as Template;
  return { template, dense: JSON.stringify(template).length };
}

test.each<[string, Record<string, unknown>, number, number]>([
  ['that cdk init has made', cdkInitContext(), 460_000, 700_000],
  ['without flags', {}, 522_000, 830_000],
])('in an app %s a full environment has at most 500 resources, and less than CloudFormation takes of a template', (_, context, dense, written) => {
  jest.spyOn(console, 'error').mockImplementation();
  const made = templateOf(context);
  expect(Object.keys(made.template.Resources).length).toBeLessThanOrEqual(500);
  expect(made.dense).toBeLessThanOrEqual(dense);
  expect(JSON.stringify(made.template, undefined, 1).length).toBeLessThanOrEqual(written);
});
