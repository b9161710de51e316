import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ParameterTable } from './parameter-table';
import {
  CrossAccountDeploymentTarget, DeploymentStage, ModelPromotion, MonitoringCheck, SelfContainedTemplate,
  TargetParameter,
} from '../../src';
import { ModelEndpointTemplate } from '../../src/endpoints/model-endpoint-template';
import { ModelMonitorTemplate } from '../../src/monitoring/model-monitor-template';
import { knownByName, STAGING } from '../targets/fixture';

const CATALOGUE = Object.values(TargetParameter).filter((value): value is TargetParameter => value instanceof TargetParameter);
const PATHS = CATALOGUE.map(({ path }) => path);

/** A target with all that it may have, and what is deployed to it. */
function deployed() {
  const app = new App({ analyticsReporting: false }), stack = new Stack(app, 'Target', { env: STAGING }), environment = knownByName(app), { names } = environment;
  const stage = DeploymentStage.accounts('staging', { accounts: [STAGING.account!], promotion: ModelPromotion.copy(), monitoring: {} });
  new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage });
  const endpoints = new ModelEndpointTemplate(stack, 'Endpoints', { names, stage });
  const monitors = new ModelMonitorTemplate(stack, 'Monitors', { names, stage, checks: [MonitoringCheck.dataQuality()] });
  return { stack, readers: { endpoints: textOf(endpoints), monitors: textOf(monitors) } };
}

function textOf(template: SelfContainedTemplate): string {
  return template.resolve(template.templateText()) as string;
}

/** Paths below the stage's, as the catalogue writes them. */
function pathsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\/secure-mlops\/churn\/staging\/([a-z-]+\/[a-z-]+)/g)].map(([, path]) => path))].sort();
}

describe('the parameters of a deployment target', () => {
  const { stack, readers } = deployed();
  const published = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties as { Name: string; Type: string });

  test('are all in the catalogue, and all of it is written', () => {
    expect(pathsIn(published.map(({ Name }) => Name).join())).toEqual([...PATHS].sort());
  });

  test('are lists where the catalogue says so', () => {
    const lists = published.filter(({ Type }) => Type === 'StringList').map(({ Name }) => Name);
    expect(pathsIn(lists.join())).toEqual(CATALOGUE.filter(({ isList }) => isList).map(({ path }) => path).sort());
  });

  test.each(['endpoints', 'monitors'] as const)('are read by %s as the catalogue says', (reader) => {
    expect(pathsIn(readers[reader])).toEqual(CATALOGUE.filter(({ _readBy }) => _readBy.includes(reader)).map(({ path }) => path).sort());
  });

  test('are the table in the README', () => {
    const names = new Map(Object.entries(TargetParameter).map(([name, parameter]) => [parameter as TargetParameter, name]));
    expect(new ParameterTable('TargetParameter').rows()).toEqual(
      CATALOGUE.map((one) => [`\`${one.path}\``, `\`${names.get(one)!}\``, one._writtenBy, one._readBy.join(', ')]));
  });
});
