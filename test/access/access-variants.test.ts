import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { TARGET_ROLES } from './cast';
import { churn, HERE, Variant } from './churn-app';
import { ACCOUNTS, REGION } from './request/organization';
import { groupOf, readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, EnvironmentNetwork, EnvironmentNames, EnvironmentRole, TargetRole } from '../../src';

const contract = readScenarios('contract');
const own = readScenarios('own');
/** What the roles of a target do all day, and who may become them: that is where shapes differ. */
const targetWork = own.filter((scenario) =>
  ['targets', 'monitoring'].includes(groupOf(scenario)) && (scenario.expect === 'allow' || scenario.does.startsWith('sts:')));
const simulator = new Simulator();

const ROLES = Object.values(EnvironmentRole);
const TARGET_ROLE_KINDS = Object.values(TargetRole);
const companyRoleName = (role: EnvironmentRole) => `company-${role}`;
const companyRoleArn = (role: EnvironmentRole) => `arn:aws:iam::${ACCOUNTS.data.id}:role/${companyRoleName(role)}`;
const companyRoleArns = (roles: EnvironmentRole[]) => Object.fromEntries(roles.map((role) => [role, companyRoleArn(role)]));
const existing = (stack: Stack, roles: EnvironmentRole[]) => ({
  exceptions: roles.map((role) => ({ role, existingRole: Role.fromRoleArn(stack, `Given-${role}`, companyRoleArn(role)) })),
});

/** The company does as it is told by `requiredPolicies` and `requiredTrust`. */
function giveWhatIsRequired(environment: DataScienceEnvironment, app: App, roles: EnvironmentRole[]): void {
  const company = new Stack(app, 'Company', { env: HERE });
  for (const name of roles) {
    const role = new Role(company, name, { roleName: companyRoleName(name), assumedBy: new AnyPrincipal() });
    (role.node.defaultChild as CfnRole).assumeRolePolicyDocument = environment.requiredTrust(name);
    environment.requiredPolicies(name).forEach((document, index) => new ManagedPolicy(company, `${name}${index}`, { document, roles: [role] }));
  }
}

/** The same in an account of a stage, where roles are known by their names. No target here has copies of models. */
function giveWhatTargetsRequire(target: CrossAccountDeploymentTarget, app: App): void {
  const { account } = Stack.of(target), { stageName } = target.stage, names = new EnvironmentNames({ environmentName: 'churn', ...HERE });
  const company = new Stack(app, `Company-${stageName}`, { env: { account, region: REGION } });
  for (const name of TARGET_ROLE_KINDS.filter((one) => one !== TargetRole.PROMOTION)) {
    const role = new Role(company, name, { roleName: names.targetRoleName(stageName, name), assumedBy: new AnyPrincipal() });
    (role.node.defaultChild as CfnRole).assumeRolePolicyDocument = target.requiredTrust(name);
    target.requiredPolicies(name).forEach((document, index) => new ManagedPolicy(company, `${name}${index}`, { document, roles: [role] }));
  }
}

/** Execution roles that a company has. */
const COMPANY_ROLES = [
  EnvironmentRole.STUDIO_EXECUTION, EnvironmentRole.DATA_PREPARATION, EnvironmentRole.PIPELINE_EXECUTION, EnvironmentRole.JOB_EXECUTION,
  EnvironmentRole.MODEL_EXECUTION,
];
/** Roles that the environment of the scenarios does not have: it keeps its buckets, shares no spaces, and copies no models. */
const ABSENT = [EnvironmentRole.BUCKET_EMPTYING, EnvironmentRole.SHARED_SPACE, EnvironmentRole.PROMOTION];
const PRESENT = ROLES.filter((role) => !ABSENT.includes(role));

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
    props: (stack) => ({ roleOptions: existing(stack, COMPANY_ROLES) }),
    finish: (environment, app) => giveWhatIsRequired(environment, app, COMPANY_ROLES),
    roleArns: companyRoleArns(COMPANY_ROLES),
  },
  'whose roles all exist already': {
    props: (stack) => ({ roleOptions: existing(stack, ROLES) }),
    finish: (environment, app) => giveWhatIsRequired(environment, app, PRESENT),
    roleArns: companyRoleArns(ROLES),
  },
  'whose targets have roles that exist already': {
    targetProps: () => ({ existingRoles: TARGET_ROLE_KINDS }),
    finish: (_, app, targets) => targets.forEach((target) => giveWhatTargetsRequire(target, app)),
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

/** Variants over which every row is run. */
const HELD_WHOLE = ['whose roles all exist already', 'whose targets have roles that exist already'];

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
  const others = HELD_WHOLE.includes(name) ? own : targetWork.filter((row) => !MEANT_FOR_OTHERS[name]?.(row));
  for (const scenario of [...contract, ...others]) {
    const trial = trialOf(scenario, system);
    const { outcome, detail } = await tryOut(trial, simulator);
    if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.why}: ${detail}`);
  }
  expect(broken).toEqual([]);
}, 300_000);
