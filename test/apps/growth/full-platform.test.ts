import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, DeploymentStage, ModelApproval, ModelPromotion, Persona } from '../../../src';
import { everyBlueprint } from '../../mlops/blueprints';
import { Template } from '../template/template';

/** Everything that an environment can have: three stages, every project template twice, and users. */
function platform(users: number, suppressTemplateIndentation = false): App {
  const app = new App({ analyticsReporting: false });
  const monitoring = {};
  const environment = new DataScienceEnvironment(new Stack(app, 'Platform', { env: { account: '111111111111', region: 'eu-west-1' }, suppressTemplateIndentation }), 'Churn', {
    environmentName: 'churn',
    deploymentStages: [
      DeploymentStage.accounts('dev', { accounts: ['222222222222'], monitoring }),
      DeploymentStage.accounts('staging', { accounts: ['333333333333'], monitoring }),
      DeploymentStage.organizationalUnits('production', {
        organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], platformAccount: '444444444444', approval: ModelApproval.manual(), promotion: ModelPromotion.copy(),
      }),
    ],
    packageIndex: {},
    dataPreparation: {},
  });
  for (let index = 0; index < users; index++) environment.addUser(`user-${index}`, { persona: Persona.DATA_SCIENTIST });
  for (const again of ['', 'Again']) {
    for (const [name, blueprint] of Object.entries(everyBlueprint({ retraining: true }))) environment.addProjectTemplate(`${name}${again}`, { blueprint });
  }
  return app;
}

test.each([
  ['ten users', platform(10)],
  ['sixty users, written without white space,', platform(60, true)],
])('a full platform with %s is one stack that CloudFormation takes', (_, app) => {
  const text = readFileSync(join(app.synth().directory, 'Platform.template.json'), 'utf8');
  expect(Object.keys((JSON.parse(text) as Template).Resources).length).toBeLessThanOrEqual(500);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_048_576);
}, 120_000);

test('with a hundred and twenty it is not, and says what to split, with the figures', () => {
  expect(() => platform(120).synth()).toThrow(
    /\[Platform\/Churn\] resources of the stack Platform must be at most 500, got \d{3}\. 120 users have 360 of \d{3} resources\. Make an environment for each team/);
}, 120_000);
