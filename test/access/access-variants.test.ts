import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { churn, HERE, Variant } from './churn-app';
import { ACCOUNTS } from './request/organization';
import { readScenarios } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { EnvironmentNetwork, EnvironmentRole, ExecutionRole, ExecutionRoles } from '../../src';

const contract = readScenarios('contract');
const simulator = new Simulator();

/** Execution roles of a company, by the room's names for them. */
const COMPANY_ROLES = {
  studio: EnvironmentRole.STUDIO_EXECUTION,
  dataPreparation: EnvironmentRole.DATA_PREPARATION,
  pipeline: EnvironmentRole.PIPELINE_EXECUTION,
  job: EnvironmentRole.JOB_EXECUTION,
  model: EnvironmentRole.MODEL_EXECUTION,
} as const;
type CompanyRole = keyof typeof COMPANY_ROLES;
const companyRoleName = (name: string) => `company-${name}`;
const companyRoleArn = (name: string) => `arn:aws:iam::${ACCOUNTS.data.id}:role/${companyRoleName(name)}`;
const forEachCompanyRole = <T>(make: (name: CompanyRole, role: EnvironmentRole) => [string, T]): Record<string, T> =>
  Object.fromEntries(Object.entries(COMPANY_ROLES).map(([name, role]) => make(name as CompanyRole, role)));

/** The company does as it is told by `requiredPolicies` and `requiredTrust`. */
function giveWhatIsRequired(roles: ExecutionRoles, app: App): void {
  const company = new Stack(app, 'Company', { env: HERE });
  for (const name of Object.keys(COMPANY_ROLES) as CompanyRole[]) {
    const required: ExecutionRole = roles[name];
    const role = new Role(company, name, { roleName: companyRoleName(name), assumedBy: new AnyPrincipal() });
    (role.node.defaultChild as CfnRole).assumeRolePolicyDocument = required.requiredTrust;
    required.requiredPolicies.forEach((document, index) => new ManagedPolicy(company, `${name}${index}`, { document, roles: [role] }));
  }
}

function companyBoundary(stack: Stack): ManagedPolicy {
  return new ManagedPolicy(stack, 'Boundary', {
    statements: [new PolicyStatement({ notActions: ['iam:Create*', 'iam:Put*', 'organizations:*'], resources: ['*'] })],
  });
}

const VARIANTS: Record<string, Variant> = {
  'with a role path and a permissions boundary': {
    targetProps: (stack) => ({ permissionsBoundary: companyBoundary(stack) }),
    props: (stack) => ({
      roleOptions: {
        path: '/data-science/',
        permissionsBoundary: companyBoundary(stack),
        exceptions: [
          { role: EnvironmentRole.JOB_EXECUTION, path: '/data-science/jobs/' },
          { role: EnvironmentRole.TEAM_ADMINISTRATOR, path: '/people/' },
        ],
      },
    }),
  },
  'in a VPC that exists already': {
    props: (stack) => ({
      network: EnvironmentNetwork.fromVpc(stack, 'Network', {
        vpc: new Vpc(stack, 'Vpc', {
          availabilityZones: ['us-east-1a', 'us-east-1b'],
          natGateways: 0,
          restrictDefaultSecurityGroup: false,
          subnetConfiguration: [{ name: 'Workload', subnetType: SubnetType.PRIVATE_ISOLATED }],
        }),
      }),
    }),
  },
  'with execution roles from outside': {
    props: (stack) => ({
      executionRoles: { given: forEachCompanyRole((name) => [name, Role.fromRoleArn(stack, `Given-${name}`, companyRoleArn(name))]) },
    }),
    finish: (environment, app) => giveWhatIsRequired(environment.executionRoles, app),
    roleArns: forEachCompanyRole((name, role) => [role, companyRoleArn(name)]),
  },
  'that deploys to organizational units only': {
    stages: { staging: 'unit', production: 'unit' },
  },
  'that deploys to accounts only': { stages: { staging: 'account', production: 'account' } },
  'that deploys to its own account': { stages: { staging: 'environment', production: 'unit' } },
  'that targets know by its names': { namesAlone: {} },
  'in a stack without account and region': { stackProps: {}, namesAlone: {} },
  'that is named by a parameter': {
    namesAlone: {},
    props: (stack) => ({ environmentName: new CfnParameter(stack, 'EnvironmentName', { default: 'churn' }).valueAsString }),
  },
  'that may be destroyed with its data': {
    props: (stack) => {
      stack.node.setContext('@cdk-secure-mlops/destroy-data', true);
      return { removalPolicy: RemovalPolicy.DESTROY };
    },
  },
};

test.each(Object.entries(VARIANTS))('an environment %s keeps the contract', async (_, variant) => {
  const system = churn(variant);
  const broken: string[] = [];
  for (const scenario of contract) {
    const trial = trialOf(scenario, system);
    if (trial.waitsFor) continue;
    const { outcome, detail } = await tryOut(trial, simulator);
    if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.why}: ${detail}`);
  }
  expect(broken).toEqual([]);
}, 300_000);
