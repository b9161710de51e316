import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { TARGET_ROLES } from './cast';
import { churn, HERE, Variant } from './churn-app';
import { ACCOUNTS } from './request/organization';
import { groupOf, readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { EnvironmentNetwork, EnvironmentRole, ManagedRole, ExecutionRoles } from '../../src';

const contract = readScenarios('contract');
/** What the roles of a target do all day, and who may become them: that is where shapes differ. */
const targetWork = readScenarios('own').filter((scenario) =>
  ['targets', 'monitoring'].includes(groupOf(scenario)) && (scenario.expect === 'allow' || scenario.does.startsWith('sts:')));
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
    const required: ManagedRole = roles[`${name}Role`];
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
      roleOptions: { exceptions: Object.entries(COMPANY_ROLES).map(([name, role]) => ({ role, existingRole: Role.fromRoleArn(stack, `Given-${name}`, companyRoleArn(name)) })) },
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
  'in a stack without account and region': { stackProps: { suppressTemplateIndentation: true }, namesAlone: {} }, // what projects begin with is in its template, and fits without white space
  'that is named by a parameter': {
    namesAlone: {},
    props: (stack) => ({ environmentName: new CfnParameter(stack, 'EnvironmentName', { default: 'churn' }).valueAsString }),
  },
  'that prepares data without Glue and Athena': { props: () => ({ dataPreparation: undefined }) },
  'that may be destroyed with its data': {
    props: (stack) => {
      stack.node.setContext('@cdk-secure-mlops/destroy-data', true);
      return { removalPolicy: RemovalPolicy.DESTROY };
    },
  },
};

/** Rows about targets that mean something else in a variant. */
const MEANT_FOR_OTHERS: Record<string, (scenario: Scenario) => boolean> = {
  'with a role path and a permissions boundary': ({ does }) => does === 'iam:CreateServiceLinkedRole', // the boundary forbids it
  'that deploys to accounts only': ({ given }) => given?.context?.['aws:PrincipalOrgID'] !== undefined, // a list asks for no organization
  // Who else is in the account, and who asks as its services, is the environment's there.
  'that deploys to its own account': ({ who, expect }) => expect === 'deny' || !(who in TARGET_ROLES || who === 'stackSetAdministrator' || who === 'codeBuild'),
};

test.each(Object.entries(VARIANTS))('an environment %s keeps the contract', async (name, variant) => {
  const system = churn(variant);
  const broken: string[] = [];
  for (const scenario of [...contract, ...targetWork.filter((row) => !MEANT_FOR_OTHERS[name]?.(row))]) {
    const trial = trialOf(scenario, system);
    const { outcome, detail } = await tryOut(trial, simulator);
    if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.why}: ${detail}`);
  }
  expect(broken).toEqual([]);
}, 300_000);
