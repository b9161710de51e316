import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentRegistry, EnvironmentRole, Persona } from '../../src';
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
  // As the templates name things once their tokens are known.
  const registry = new EnvironmentRegistry({ environmentName: 'churn', partition: 'aws', rolePath: environment.registry.rolePath, ...HERE });
  const logGroup = (role: EnvironmentRole) => ({ [role]: reader.logGroupOfFunction(registry.roleArn(role)) });
  return new AccessSystem(reader, {
    registry,
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
    vpcId: valueOf(network, network.vpc.vpcId),
    defaultSecurityGroup: valueOf(network, (network.vpc as Vpc).vpcDefaultSecurityGroup),
    handlerLogGroups: { ...logGroup(EnvironmentRole.STUDIO_CLEAN_UP), ...logGroup(EnvironmentRole.DEFAULT_SECURITY_GROUP) },
    flowLogGroup: reader.flowLogGroups()[0],
  });
}
