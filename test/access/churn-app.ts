import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { AccessSystem } from './access-system';
import { ACCOUNTS, ORGANIZATION_ID, REGION } from './request/organization';
import { stacksOf, TemplateValue } from './template/synthesized-stack';
import { TemplateReader } from './template/template-reader';
import { DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentRegistry, EnvironmentRole, Persona } from '../../src';

const PRODUCTS = `arn:aws:catalog:${REGION}:${ACCOUNTS.data.id}:product`;

/** Where the environment is. */
export const HERE = { account: ACCOUNTS.data.id, region: REGION };

/** Where models of the environment go: one stage by account numbers, one by organizational units. */
export const STAGES = [
  DeploymentStage.accounts('staging', { accounts: [ACCOUNTS.target.id] }),
  DeploymentStage.organizationalUnits('production', {
    organizationId: ORGANIZATION_ID,
    organizationalUnitPaths: ACCOUNTS.production.organization.paths,
  }),
];

/** How an environment differs from the one that takes every default. */
export interface Variant {
  /** Where the stack is deployed; the data-science account's first region unless told otherwise. */
  readonly stackProps?: StackProps;
  readonly props?: (stack: Stack) => Partial<DataScienceEnvironmentProps>;
  /** What the owner of roles and networks from outside does once the environment says what it needs. */
  readonly finish?: (environment: DataScienceEnvironment, app: App) => void;
  /** Roles from outside. */
  readonly roleArns?: Partial<Record<EnvironmentRole, string>>;
}

/** The environment that the scenarios speak of, with alice and bob in it. */
export function churn({ stackProps = { env: HERE }, props = () => ({}), finish = () => {}, roleArns = {} }: Variant = {}): AccessSystem {
  const app = new App();
  const stack = new Stack(app, 'Churn', stackProps);
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', deploymentStages: STAGES, ...props(stack) });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  environment.addUser('bob', { persona: Persona.ML_ENGINEER });
  environment.addProjectProduct(`${PRODUCTS}/prod-project`);
  environment.personas.allowEnvironmentProduct(`${PRODUCTS}/prod-environment`);
  finish(environment, app);
  return systemOf(app, environment, { roleArns });
}

/** Two environments in one account, the name of one beginning with the other's. */
export function churnAndNeighbour(): AccessSystem {
  const app = new App();
  const [environment, neighbour] = ['churn', 'churn-2'].map((environmentName) =>
    new DataScienceEnvironment(new Stack(app, environmentName, { env: HERE }), 'Environment', { environmentName, deploymentStages: STAGES }));
  return systemOf(app, environment, { neighbour: systemOf(app, neighbour) });
}

interface Around {
  readonly roleArns?: Variant['roleArns'];
  readonly neighbour?: AccessSystem;
}

function systemOf(app: App, environment: DataScienceEnvironment, { roleArns = {}, neighbour }: Around = {}): AccessSystem {
  const reader = new TemplateReader(stacksOf(app, HERE));
  const valueOf = (construct: IConstruct, token: string) => {
    const stack = Stack.of(construct);
    return reader.value(stack.stackName, stack.resolve(token) as TemplateValue) as string;
  };
  const { storage, network, studio } = environment;
  const environmentName = valueOf(environment, environment.environmentName);
  // As the templates name things once their tokens are known.
  const registry = new EnvironmentRegistry({ environmentName, partition: 'aws', rolePath: environment.registry.rolePath, rolePaths: environment.registry.rolePaths, ...HERE });
  const logGroup = (role: EnvironmentRole) => ({ [role]: reader.logGroupOfFunction(registry.roleArn(role)) });
  return new AccessSystem(reader, {
    registry,
    roleArns,
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
    flowLogGroup: reader.flowLogGroups()[0] ?? 'flow-logs-of-the-company',
  }, neighbour);
}
