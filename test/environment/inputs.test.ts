import { App, Aspects, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, PolicyStatement, Role, RoleProps } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentNames, Persona, ProjectBlueprint } from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
/** `process.env.X!` of what is not set. */
const UNSET = undefined as unknown as string;

function environment(props: Partial<DataScienceEnvironmentProps> = {}, stack = new Stack(testApp(), 'Stack', { env })): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props });
}

function synth(made: DataScienceEnvironment): () => void {
  return () => void (made.node.root as App).synth();
}

describe('the name of an environment', () => {
  test('is not given twice in an account and region of an app, in whatever stacks', () => {
    const app = testApp();
    environment({}, new Stack(app, 'One', { env }));
    expect(() => environment({}, new Stack(app, 'Two', { env }))).toThrow('[Two/Churn] environmentName must be another than that of the environment One/Churn, '
      + 'which is in the same account and region, got "churn". Role, key, bucket and parameter names are made of it');
  });

  test('is not given twice in one stack, wherever that goes', () => {
    const stack = new Stack(testApp(), 'Stack');
    environment({}, stack);
    expect(() => new DataScienceEnvironment(stack, 'Again', { environmentName: 'churn' })).toThrow('[Stack/Again] environmentName must be another than that of the environment Stack/Churn');
  });

  test('may be the same in another region, another account, and stacks that may go to either', () => {
    const app = testApp();
    environment({}, new Stack(app, 'One', { env }));
    environment({}, new Stack(app, 'Two', { env: { ...env, region: 'us-east-1' } }));
    environment({}, new Stack(app, 'Three', { env: { ...env, account: '222222222222' } }));
    environment({}, new Stack(app, 'Four'));
    expect(() => environment({}, new Stack(app, 'Five'))).not.toThrow();
  });

  test('is asked for where it is missing, at the construct', () => {
    expect(() => environment({ environmentName: UNSET })).toThrow('[Stack/Churn] environmentName must be given, got nothing');
    const stack = new Stack(testApp(), 'Target', { env });
    expect(() => DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: UNSET, account: UNSET, region: UNSET })).toThrow(
      ['environmentName', 'account', 'region'].map((name) => `[Target/Churn] ${name} must be given, got nothing. It is undefined where process.env or a file lacks it`).join('\n'));
    expect(() => new EnvironmentNames({ environmentName: UNSET, ...env })).toThrow('[EnvironmentNames] environmentName must be given, got nothing');
  });

  test('may be looked up, and is then not known the first time', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    expect(() => environment({ environmentName: StringParameter.valueFromLookup(stack, '/platform/name') }, stack)).not.toThrow();
  });
});

describe('the address ranges of personas', () => {
  test.each(['203.0.113.0', '203.0.113.256/24', '203.0.113.0/33', '0/0', ''])('%p is refused', (range) => {
    expect(() => environment({ personas: { sourceCidrs: [range, '198.51.100.0/24'] } })).toThrow(
      `[Stack/Churn] personas.sourceCidrs must be IPv4 ranges, such as 203.0.113.0/24, got ${JSON.stringify([range])}`);
  });

  test('are at least one', () => {
    expect(() => environment({ personas: { sourceCidrs: [] } })).toThrow('[Stack/Churn] personas.sourceCidrs must have at least one element, got []');
  });
});

describe('the owner', () => {
  test.each(['R&D', 'Data Science <ds@example.com>', 'Sales, Marketing', 'a\nb', 'x'.repeat(257)])('%j is refused, as IAM and SageMaker refuse it', (owner) => {
    expect(() => environment({ owner })).toThrow('[Stack/Churn] owner must be at most 256 letters, digits, spaces and _.:/=+-@, as IAM and SageMaker take tags, got "');
  });

  test.each(['Zoë Müller', 'データ', 'team@example.com', 'cost center: 4711/a=b'])('%j is taken', (owner) => {
    expect(() => environment({ owner })).not.toThrow();
  });
});

test('tags of a profile are what SageMaker takes', () => {
  const made = environment();
  expect(() => made.addUser('alice', { persona: Persona.DATA_SCIENTIST, userProfile: { tags: { 'aws:team': 'R&D' } } })).toThrow(
    /tags must have keys of 1–128 letters, digits, spaces and _\.:\/=\+-@ that do not begin with aws:, got \["aws:team"\]\n.*tags must be at most 256 letters/);
});

describe('names of roles', () => {
  test('stay what policies know, whatever an aspect does', () => {
    const made = environment();
    Aspects.of(made.node.root).add({ visit: (node) => { if (node instanceof CfnRole && node.roleName?.includes('job-execution')) node.roleName = 'acme-job'; } });
    expect(synth(made)).toThrow('[Stack/Churn/ExecutionRoles/Job/Role/Resource] roleName must stay churn--job-execution-eu-west-1, got "acme-job". Policies of keys, buckets');
  });

  test('keep their path', () => {
    const made = environment();
    Aspects.of(made.node.root).add({ visit: (node) => { if (node instanceof CfnRole && node.roleName?.includes('job-execution')) node.path = '/acme/'; } });
    expect(synth(made)).toThrow('[Stack/Churn/ExecutionRoles/Job/Role/Resource] path must stay /, got "/acme/"');
  });

  test('are not what somebody has made of them before anybody saw it', () => {
    const made = environment();
    const role = made.executionRoles.jobRole.role.node.defaultChild as CfnRole;
    role.roleName = `acme-${role.roleName}`;
    expect(synth(made)).toThrow('roleName must stay churn--job-execution-eu-west-1, got "acme-churn--job-execution-eu-west-1"');
  });

  test.each<[string, Partial<RoleProps>, string]>([
    ['another name', { roleName: 'acme-job' }, 'roleName must stay churn--job-execution-eu-west-1, got "acme-job". Policies of keys, buckets'],
    ['no name', { roleName: undefined }, 'roleName must stay churn--job-execution-eu-west-1, got nothing'],
    ['another path', { path: '/acme/' }, 'path must stay /, got "/acme/"'],
  ])('are not given %s by a property injector', (_, injected, message) => {
    const stack = new Stack(testApp(), 'Stack', { env });
    PropertyInjectors.of(stack).add({
      constructUniqueId: Role.PROPERTY_INJECTION_ID,
      inject: (props: RoleProps) => (props.roleName?.includes('job-execution') ? { ...props, ...injected } : props),
    });
    expect(synth(environment({}, stack))).toThrow(`[Stack/Churn/ExecutionRoles/Job/Role/Resource] ${message}`);
  });

  test('may get a boundary from a property injector', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'acme');
    PropertyInjectors.of(stack).add({
      constructUniqueId: Role.PROPERTY_INJECTION_ID,
      inject: (props: RoleProps) => ({ permissionsBoundary, ...props }),
    });
    expect(synth(environment({}, stack))).not.toThrow();
  });

  test('of other constructs are nobody\'s business', () => {
    const made = environment();
    const other = new ManagedPolicy(Stack.of(made), 'Other', { statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/b'] })] });
    Aspects.of(other).add({ visit: () => undefined });
    expect(synth(made)).not.toThrow();
  });

  test('are not customized: roles that others make are given', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    Role.customizeRoles(stack, { preventSynthesis: false });
    expect(() => environment({}, stack)).toThrow('[Stack/Churn] Role.customizeRoles must leave roles alone that policies know by name, '
      + 'got "settings for these roles". Give roles that another team makes to the environment, as existingRole of roleOptions.exceptions');
  });
});

describe('stages from a file', () => {
  const accounts = (value: unknown) => () => DeploymentStage.accounts('staging', { accounts: value as string[] });

  test('have accounts as texts, since numbers lose zeros', () => {
    expect(accounts([222222222222])).toThrow(
      '[DeploymentStage \'staging\'] accounts must be account ids of 12 digits, got [222222222222]. Put it in quotes: as a number it would lose zeros at its beginning');
  });

  test('have a list of them', () => {
    expect(accounts('222222222222,333333333333')).toThrow('[DeploymentStage \'staging\'] accounts must be a list, got "222222222222,333333333333"');
  });

  test('may have accounts that are known later', () => {
    expect(accounts(['dummy-value-for-/accounts/staging'])).not.toThrow();
  });

  test('have a name', () => {
    expect(() => DeploymentStage.sameAccount(UNSET)).toThrow('name must be given, got nothing');
  });
});

test('a project template has a name of its own and a blueprint', () => {
  const made = environment();
  const blueprint = ProjectBlueprint.buildTrain();
  expect(() => made.addProjectTemplate(UNSET, { blueprint: undefined as unknown as ProjectBlueprint })).toThrow(
    '[Stack/Churn] templateName must be given, got nothing. Give a text that is not empty. It is undefined where process.env or a file lacks it\n'
    + '[Stack/Churn] blueprint must be given, got nothing. Give a ProjectBlueprint, such as ProjectBlueprint.buildTrain()');
  made.addProjectTemplate('Train', { blueprint });
  expect(() => made.addProjectTemplate('Train', { blueprint })).toThrow('[Stack/Churn] templateName must be new to the environment, got "Train"');
});

test('a data source is a bucket', () => {
  expect(() => environment().addDataSource(undefined as never)).toThrow('[Stack/Churn] bucket must be given, got nothing');
});

test('monitors need a region in which AWS keeps their image', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { ...env, region: 'mx-central-1' } });
  const made = environment({ deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} })] }, stack);
  expect(() => made.addProjectTemplate('Monitor', { blueprint: ProjectBlueprint.monitoring() })).toThrow(
    'region must be one in which AWS keeps an image of XGBoost, by which models are monitored, got "mx-central-1". Leave monitoring out of the stages of this region');
});
