import { App, Aspects, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { CfnRole, Role, RoleProps } from 'aws-cdk-lib/aws-iam';
import { knownByName, promotingStaging, staging, STAGING } from './fixture';
import { CrossAccountDeploymentTarget, DeploymentStage, DeploymentTargetStackSet } from '../../src';
import { testApp } from '../test-app';

const PLATFORM = { account: '333333333333', region: 'eu-west-1' };
const listed = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], platformAccount: PLATFORM.account,
});

/** An app with a target of each kind, whose roles a company's property injector changes. */
function targets(injected: Partial<RoleProps> = {}): App {
  const app = testApp({ analyticsReporting: false });
  PropertyInjectors.of(app).add({ constructUniqueId: Role.PROPERTY_INJECTION_ID, inject: (props: RoleProps) => ({ ...props, ...injected }) });
  const environment = knownByName(app);
  new CrossAccountDeploymentTarget(new Stack(app, 'Target', { env: STAGING }), 'Churn', { environment, stage: promotingStaging });
  new DeploymentTargetStackSet(new Stack(app, 'Accounts', { env: PLATFORM }), 'Targets', { environment, stage: staging });
  new DeploymentTargetStackSet(new Stack(app, 'Units', { env: PLATFORM }), 'Targets', { environment, stage: listed });
  return app;
}

const ROLES: [role: string, name: string][] = [
  ['Target/Churn/ModelExecution', 'churn--staging--model-eu-west-1'],
  ['Target/Churn/Deployment', 'churn--staging--deployment-eu-west-1'],
  ['Target/Churn/EndpointTest', 'churn--staging--test-eu-west-1'],
  ['Target/Churn/Promotion', 'churn--staging--promotion-eu-west-1'],
  ['Accounts/Targets/Administration', 'churn--staging--target-admin-eu-west-1'],
  ['Units/Targets/Listing', 'churn--production--list-eu-west-1'],
];

test.each(ROLES)('the role of %s keeps its name, by which other accounts know it', (path, name) => {
  expect(() => targets({ roleName: 'acme' }).synth()).toThrow(`[${path}/Role/Resource] roleName must stay ${name}, got "acme". Policies of keys, buckets and other roles name the role so`);
});

test.each(ROLES)('the role of %s keeps its path', (path) => {
  expect(() => targets({ path: '/acme/' }).synth()).toThrow(`[${path}/Role/Resource] path must stay /, got "/acme/"`);
});

test('the role that a template makes in other accounts keeps its name, whatever an aspect does', () => {
  const app = targets();
  Aspects.of(app).add({ visit: (node) => { if (node instanceof CfnRole && node.node.path.includes('ExecutionRole')) node.roleName = 'acme'; } });
  expect(() => app.synth()).toThrow(/\[Accounts\/Targets\/Execution\/Template\/ExecutionRole\/Resource\] roleName must stay [\w-]+, got "acme"/);
});

test('roles are not customized', () => {
  const app = testApp();
  Role.customizeRoles(app);
  const stack = new Stack(app, 'Target', { env: STAGING });
  expect(() => new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging })).toThrow(
    /^\[Target\/Churn\/\w+\] Role\.customizeRoles must leave roles alone that policies know by name/);
});

test('nothing is said where names and paths stay', () => {
  expect(() => targets().synth()).not.toThrow();
});
