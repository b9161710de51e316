import { Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, DeploymentStage } from '../../src';
import { testApp } from '../test-app';

const ORGANIZATION = 'o-exampleorg';
const accounts = (name: string, ...ids: string[]) => DeploymentStage.accounts(name, { accounts: ids });
const units = (name: string, path: string, organizationId = ORGANIZATION) =>
  DeploymentStage.organizationalUnits(name, { organizationId, organizationalUnitPaths: [`${organizationId}/r-ab12/${path}`] });

function environment(...deploymentStages: DeploymentStage[]): () => void {
  const stack = new Stack(testApp(), 'DataScience', { env: { account: '111111111111', region: 'eu-west-1' } });
  return () => void new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', deploymentStages });
}

test('two stages have two names', () => {
  expect(environment(accounts('staging', '222222222222'), accounts('staging', '333333333333')))
    .toThrow('[DataScience/Churn] deploymentStages must have no element twice, got ["staging","staging"]');
});

test('the environment\'s own account belongs into no list', () => {
  expect(environment(accounts('staging', '111111111111'))).toThrow(
    '[DataScience/Churn] deploymentStages must not have the environment\'s own account in the stage \'staging\', got "111111111111". Use DeploymentStage.sameAccount');
});

test('an account belongs to one stage', () => {
  expect(environment(accounts('staging', '222222222222'), accounts('production', '333333333333', '222222222222'))).toThrow(
    '[DataScience/Churn] deploymentStages must have an account in one stage only, not in \'staging\' and \'production\', got "222222222222"');
});

test.each(['ou-ab12-workload/ou-ab12-production/', 'ou-ab12-workload/'])('a unit belongs to one stage, and what is in it: %s', (path) => {
  expect(environment(units('staging', 'ou-ab12-workload/'), units('production', path))).toThrow(
    '[DataScience/Churn] deploymentStages must not have a unit of the stage \'production\' in a unit of the stage \'staging\', o-exampleorg/r-ab12/ou-ab12-workload/, '
    + `got "o-exampleorg/r-ab12/${path}". Its accounts would belong to both`);
});

test('units of a stage may be in one another', () => {
  expect(environment(DeploymentStage.organizationalUnits('production', {
    organizationId: ORGANIZATION,
    organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-workload/', 'o-exampleorg/r-ab12/ou-ab12-workload/ou-ab12-production/'],
  }))).not.toThrow();
});

test('units whose names begin alike are beside one another', () => {
  expect(environment(units('staging', 'ou-ab12-workload/'), units('production', 'ou-ab12-workload2/'))).not.toThrow();
});

test('units are of one organization', () => {
  expect(environment(units('staging', 'ou-ab12-workload/'), units('production', 'ou-ab12-production/', 'o-otherorgxx'))).toThrow(
    '[DataScience/Churn] deploymentStages must have units of one organization, o-exampleorg, also in the stage \'production\', got "o-otherorgxx"');
});

test('the environment\'s own account makes no targets in units', () => {
  const production = DeploymentStage.organizationalUnits('production', {
    organizationId: ORGANIZATION, organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-workload/'], platformAccount: '111111111111',
  });
  expect(environment(production)).toThrow(
    '[DataScience/Churn] deploymentStages must not have the environment\'s own account as platformAccount of the stage \'production\', got "111111111111"');
});

test('a list of accounts, units and the environment\'s own account go together', () => {
  expect(environment(DeploymentStage.sameAccount('lab'), accounts('staging', '222222222222'), units('production', 'ou-ab12-workload/'))).not.toThrow();
});
