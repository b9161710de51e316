import { App, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentRegistry, Persona } from '../../src';
import { AccessSystem } from './access-system';
import { ACCOUNTS, ORGANIZATION_ID, REGION } from './request/organization';
import { stacksOf, TemplateValue } from './template/synthesized-stack';
import { TemplateReader } from './template/template-reader';

const PRODUCTS = `arn:aws:catalog:${REGION}:${ACCOUNTS.data.id}:product`;
const HERE = { account: ACCOUNTS.data.id, region: REGION };

/** Where models of the environment go: one stage by account numbers, one by organizational units. */
export const STAGES = [
  DeploymentStage.accounts('staging', { accounts: [ACCOUNTS.target.id] }),
  DeploymentStage.organizationalUnits('production', {
    organizationId: ORGANIZATION_ID,
    organizationalUnitPaths: ACCOUNTS.production.organization.paths,
  }),
];

/** The environment that the scenarios speak of, with alice and bob in it. */
export function churn(props: (stack: Stack) => Partial<DataScienceEnvironmentProps> = () => ({})): AccessSystem {
  const app = new App();
  const stack = new Stack(app, 'Churn', { env: HERE });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', deploymentStages: STAGES, ...props(stack) });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  environment.addUser('bob', { persona: Persona.ML_ENGINEER });
  environment.addProjectProduct(`${PRODUCTS}/prod-project`);
  environment.personas.allowEnvironmentProduct(`${PRODUCTS}/prod-environment`);
  return systemOf(app, environment);
}

function systemOf(app: App, environment: DataScienceEnvironment): AccessSystem {
  const reader = new TemplateReader(stacksOf(app, HERE));
  const valueOf = (construct: IConstruct, token: string) => {
    const stack = Stack.of(construct);
    return reader.value(stack.stackName, stack.resolve(token) as TemplateValue) as string;
  };
  const { storage, network, studio } = environment;
  return new AccessSystem(reader, {
    // As the templates name things once their tokens are known.
    registry: new EnvironmentRegistry({ environmentName: 'churn', partition: 'aws', rolePath: environment.registry.rolePath, ...HERE }),
    buckets: {
      data: valueOf(storage, storage.data.bucketArn),
      models: valueOf(storage, storage.models.bucketArn),
      releases: valueOf(storage, storage.releases.bucketArn),
      reports: valueOf(storage, storage.reports.bucketArn),
      accessLogs: valueOf(storage, storage.accessLogs.bucketArn),
    },
    domainId: valueOf(studio, studio.domainId),
    subnets: network.subnets.map(({ subnetId }) => valueOf(network, subnetId)),
    securityGroups: [valueOf(network, network.workloadSecurityGroup.securityGroupId)],
    flowLogGroup: reader.flowLogGroups()[0],
  });
}
