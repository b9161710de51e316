import { App, Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { cdkInitContext } from './catalog/cdk-init';
import { Template } from './template/template';
import {
  DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentNetwork, HomeFileSystem, InternetAccess, ModelApproval, ModelPromotion,
  MonitoringCheck, Persona, ProjectBlueprint, StudioApplication, StudioLifecycleConfiguration, TemplateDelivery,
} from '../../src';
import { everyBlueprint } from '../mlops/blueprints';

const USERS = 60;

const STAGES = [
  DeploymentStage.accounts('dev', { accounts: ['222222222222'], monitoring: {} }),
  DeploymentStage.accounts('staging', { accounts: ['333333333333'], monitoring: {} }),
  DeploymentStage.organizationalUnits('production', {
    organizationId: 'o-exampleorg',
    organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
    platformAccount: '444444444444',
    approval: ModelApproval.manual(),
    promotion: ModelPromotion.copy(),
    monitoring: {},
  }),
];

/** Each blueprint, with every option that makes resources. */
function blueprints(): Record<string, ProjectBlueprint> {
  const checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality(), MonitoringCheck.bias({ facet: 'age', facetThreshold: 40 })];
  return everyBlueprint({ schedule: Schedule.rate(Duration.days(7)), checks, retraining: true });
}

/** Every option that can be had together with the others. */
function withEveryOption(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    owner: 'team@example.com',
    deploymentStages: STAGES,
    network: EnvironmentNetwork.managed({
      internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org', '.pythonhosted.org'] }),
      endpoints: { additionalServices: EndpointService.all().filter(({ onByDefault }) => !onByDefault) },
      dhcpOptions: { domainName: 'example.internal' },
    }),
    storage: { outputPrefixes: ['features/', 'queries/'], eventBridgeEnabled: true },
    packageIndex: {},
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    sharedSpaces: true,
    enableSageMakerModelAccess: true,
    studio: {
      homeFileSystem: HomeFileSystem.retain(),
      codeRepositories: ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/notebooks'],
      lifecycleConfigurations: [new StudioLifecycleConfiguration(stack, 'Greeting', { application: StudioApplication.JUPYTER_LAB, script: '#!/bin/bash\necho hello\n', runByDefault: true })],
    },
    personas: { sourceCidrs: ['203.0.113.0/24', '198.51.100.0/24'] },
  });
}

/** What teams usually have: three stages, a package index, data preparation. */
function withUsualOptions(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', deploymentStages: STAGES, packageIndex: {}, dataPreparation: {} });
}

/** A team as large as there is, in bytes without white space and as the CDK writes them: sixty people, and each blueprint as often as is said. */
function templateOf(
  context: Record<string, unknown>, make: (stack: Stack) => DataScienceEnvironment, again: string[],
): { template: Template; dense: number } {
  const app = new App({ context });
  const environment = make(new Stack(app, 'Ml', { env: { account: '111111111111', region: 'eu-west-1' } }));
  for (let index = 0; index < USERS; index++) environment.addUser(`user-${index}`, { persona: index % 2 ? Persona.ML_ENGINEER : Persona.DATA_SCIENTIST });
  for (const suffix of ['', ...again]) {
    for (const [name, blueprint] of Object.entries(blueprints())) environment.addProjectTemplate(`${name}${suffix}`, { blueprint });
  }
  environment.addProjectTemplate('TrainFromS3', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() });
  const template = app.synth().getStackByName('Ml').template as Template;
  return { template, dense: JSON.stringify(template).length };
}

const FLAGS = cdkInitContext();

test.each<[string, Record<string, unknown>, (stack: Stack) => DataScienceEnvironment, string[], number, number]>([
  ['with every option that cdk init has made', FLAGS, withEveryOption, [], 399_999, 569_000],
  ['with every option without flags', {}, withEveryOption, [], 399_999, 569_000],
  ['with each blueprint twice that cdk init has made', FLAGS, withUsualOptions, ['Again'], 341_000, 478_000],
  ['with each blueprint twice without flags', {}, withUsualOptions, ['Again'], 341_000, 478_000],
])('an environment %s has at most 500 resources, and less than CloudFormation takes of a template', (_, context, make, again, dense, written) => {
  jest.spyOn(console, 'error').mockImplementation();
  const made = templateOf(context, make, again);
  expect(Object.keys(made.template.Resources).length).toBeLessThanOrEqual(500);
  expect(made.dense).toBeLessThanOrEqual(dense);
  expect(JSON.stringify(made.template, undefined, 1).length).toBeLessThanOrEqual(written);
});
