import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { knownByName, STAGING, staging, target } from './fixture';
import {
  CrossAccountDeploymentTarget, CrossAccountDeploymentTargetProps, DeploymentStage, DeploymentTargetStackSet, EnvironmentNetwork, ModelPromotion,
  TargetKeyPurpose, TargetRole,
} from '../../src';
import { TARGET_CARDS } from '../../src/roles/targets/cards';
import { testApp } from '../test-app';

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    readonly Roles?: { readonly Ref: string }[];
    readonly PolicyDocument: Document;
    readonly AssumeRolePolicyDocument: Document;
  };
}
interface Document {
  readonly Statement: object[];
}

const ROLES = Object.values(TargetRole);
/** Targets that have every role that there can be. */
const stage = DeploymentStage.accounts('staging', { accounts: [STAGING.account!], monitoring: {}, promotion: ModelPromotion.copy() });
const nameOf = (role: TargetRole) => `churn--staging--${role}-eu-west-1`;

type Props = Partial<CrossAccountDeploymentTargetProps>;

function targetWith(existingRoles: TargetRole[] | undefined, props: (stack: Stack) => Props = () => ({}), rolePath?: string) {
  const app = testApp({ analyticsReporting: false });
  const made = target({ stage, environment: knownByName(app, { rolePath }), existingRoles, ...props(new Stack(app, 'Theirs', { env: STAGING })) });
  return { ...made, resources: (Template.fromStack(made.stack).toJSON() as { Resources: Record<string, Resource> }).Resources };
}

const ours = targetWith(undefined), given = targetWith(ROLES);
const ofIam = ({ resources }: typeof ours) => Object.values(resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
const [[flowLogs]] = Object.entries(ours.resources).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && Properties.RoleName === undefined);
const idOf = (role: TargetRole) => Object.entries(ours.resources).find(([, { Properties }]) => Properties.RoleName === nameOf(role))?.[0] ?? flowLogs;

/** Each action on each resource: how they are put together into statements and policies is of no matter. */
const statements = (documents: Document[]) => [...new Set(documents
  .flatMap(({ Statement }) => Statement as { Action?: string[]; Resource?: object[] }[])
  .flatMap(({ Action, Resource, ...rest }) => [Action].flat().flatMap((action) => [Resource].flat().map((resource) => (
    JSON.stringify({ ...rest, Action: action, Resource: resource })
  )))))].sort();
const written = (document: PolicyDocument) => given.stack.resolve(document) as Document;
const attached = (id: string, { resources } = ours) => Object.values(resources)
  .filter(({ Type, Properties: { Roles = [] } }) => Type === 'AWS::IAM::ManagedPolicy' && Roles.some(({ Ref }) => Ref === id))
  .map(({ Properties }) => Properties.PolicyDocument);

test('every role of a target can be one that exists: then its template has nothing of IAM', () => {
  expect(ofIam(given)).toEqual([]);
  expect(ofIam(ours).length).toBeGreaterThan(ROLES.length * 2);
});

test('nothing else is made or left out', () => {
  const others = ({ resources }: typeof ours) => Object.keys(resources).filter((id) => !resources[id].Type.startsWith('AWS::IAM::')).sort();
  expect(others(given)).toEqual(others(ours));
});

test('buckets, keys and parameters name the same roles', () => {
  const named = ({ resources }: typeof ours) => [...new Set([...JSON.stringify(Object.values(resources).filter(({ Type }) => /^AWS::(KMS|S3)::/.test(Type)))
    .matchAll(/role\/churn--staging--[\w-]+/g)].map(([name]) => name))].sort();
  expect(named(given)).toEqual(named(ours));
  const [parameter] = Object.values(Template.fromStack(given.stack).findResources('AWS::SSM::Parameter', { Properties: { Name: '/secure-mlops/churn/staging/identity/model-role-arn' } }));
  expect(given.stack.resolve((parameter as { Properties: { Value: unknown } }).Properties.Value)).toEqual(
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::222222222222:role/${nameOf(TargetRole.MODEL_EXECUTION)}`]] });
});

describe.each(ROLES)('the owner of an existing role %s is told', (role) => {
  test('what it needs: as much as ours would have, and no more', () => {
    expect(attached(idOf(role)).length).toBeGreaterThan(0);
    expect(statements(given.target.requiredPolicies(role).map(written))).toEqual(statements(attached(idOf(role))));
  });

  test('the same before it is given', () => {
    expect(ours.stack.resolve(ours.target.requiredPolicies(role))).toEqual(given.stack.resolve(given.target.requiredPolicies(role)));
    expect(ours.stack.resolve(ours.target.requiredTrust(role))).toEqual(given.stack.resolve(given.target.requiredTrust(role)));
  });

  test('whom it trusts', () => {
    const trusted = ({ Statement }: Document) => (Statement as { Action: string | string[] }[])
      .flatMap((statement) => [statement.Action].flat().map((Action) => JSON.stringify({ ...statement, Action }))).sort();
    expect(trusted(written(given.target.requiredTrust(role)))).toEqual(trusted(ours.resources[idOf(role)].Properties.AssumeRolePolicyDocument));
  });
});

test('any of the roles may be given: the others are made, with all that they need', () => {
  const keys = (stack: Stack, some: TargetKeyPurpose[]) => Object.fromEntries(some.map((purpose) => [
    purpose, Key.fromKeyArn(stack, purpose, `arn:aws:kms:eu-west-1:222222222222:key/${purpose}`),
  ]));
  fc.assert(fc.property(fc.subarray(ROLES), fc.subarray(Object.values(TargetKeyPurpose)), (roles, purposes) => {
    const some = targetWith(roles, (stack) => ({ existingKeys: keys(stack, purposes) }));
    const names = ofIam(some).flatMap(({ Type, Properties: { RoleName = nameOf(TargetRole.FLOW_LOGS) } }) => Type === 'AWS::IAM::Role' ? [RoleName] : []);
    expect(names.sort()).toEqual(ROLES.filter((role) => !roles.includes(role)).map(nameOf).sort());
    for (const role of TARGET_CARDS.map((card) => card.role).filter((one) => !roles.includes(one))) {
      const [id] = Object.entries(some.resources).find(([, { Properties }]) => Properties.RoleName === nameOf(role))!;
      expect(statements(attached(id, some))).toEqual(statements(some.target.requiredPolicies(role).map(written)));
    }
  }), { numRuns: 10, examples: [[[], []], [ROLES, Object.values(TargetKeyPurpose)]] });
}, 120_000);

test('in a given network, the role of its flow logs is told as well', () => {
  const stack = new Stack(testApp(), 'Target', { env: STAGING });
  const network = new EnvironmentNetwork(stack, 'Network', { restrictDefaultSecurityGroup: false });
  const made = new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(stack.node.root as App), stage, network });
  expect(made.requiredPolicies(TargetRole.FLOW_LOGS)).toHaveLength(1);
});

test('roles have the path of the environment\'s, but for that of stack sets', () => {
  const { stack, target: { deploymentRole, endpointTestRole } } = targetWith(ROLES, undefined, '/ml/');
  expect(JSON.stringify(stack.resolve([deploymentRole.roleArn, endpointTestRole.roleArn]))).toMatch(/role\/churn--staging--deployment-.*role\/ml\/churn--staging--test-/);
});

describe('a stack set', () => {
  const platform = (existingRoles?: TargetRole[]) => {
    const app = testApp({ analyticsReporting: false });
    const stack = new Stack(app, 'Platform', { env: { account: '333333333333', region: 'eu-west-1' } });
    const made = new DeploymentTargetStackSet(stack, 'Targets', { environment: knownByName(app), stage: staging, existingRoles });
    const bodies = [made.template, made.executionRoleTemplate!].map(({ templateBody }) => JSON.stringify(stack.resolve(templateBody)));
    return { stack, made, placed: bodies[0], execution: bodies[1] };
  };

  test('places targets that have nothing of IAM, in whichever account', () => {
    const { placed } = platform(ROLES);
    expect(placed).not.toContain('AWS::IAM::');
    expect(placed).toContain(`role/${nameOf(TargetRole.MODEL_EXECUTION)}`);
    expect(placed).not.toContain('222222222222');
  });

  test('by a role that makes no roles and no policies', () => {
    const iam = (text: string) => [...new Set(text.match(/iam:\w+/g))].filter((action) => !/^iam:(Get|List|PassedToService)/.test(action)).sort();
    expect(iam(platform(ROLES).execution)).toEqual(['iam:PassRole']);
    expect(iam(platform().execution)).toContain('iam:CreateRole');
  });

  test('by a role that makes those alone that are not given', () => {
    const { execution } = platform(ROLES.filter((role) => role !== TargetRole.ENDPOINT_TEST));
    expect(execution).toContain(nameOf(TargetRole.ENDPOINT_TEST));
    expect(execution).not.toContain(nameOf(TargetRole.MODEL_EXECUTION));
  });
});

describe('refused is', () => {
  const refused = (props: Props) => expect(() => target(props));
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(new Stack(testApp(), 'Own'), 'Boundary', 'arn:aws:iam::222222222222:policy/boundary');

  test('a role twice', () => {
    refused({ existingRoles: [TargetRole.DEPLOYMENT, TargetRole.DEPLOYMENT] }).toThrow('[Target/Churn] existingRoles must have no element twice');
  });

  test('what is no role of targets', () => {
    refused({ existingRoles: ['job-execution' as TargetRole] }).toThrow('[Target/Churn] existingRoles must be of TargetRole, such as TargetRole.DEPLOYMENT, got ["job-execution"]');
  });

  test('a boundary for roles of which none is made', () => {
    refused({ existingRoles: ROLES, permissionsBoundary }).toThrow(
      '[Target/Churn] permissionsBoundary must not be given together with existingRoles');
    refused({ existingRoles: ROLES.slice(1), permissionsBoundary }).not.toThrow();
  });

  test('to ask what a role needs that the target does not have', () => {
    const { target: plain } = target();
    expect(() => plain.requiredPolicies(TargetRole.MONITORING)).toThrow('[Target/Churn] role must be a role that the target has, got "monitoring"');
    expect(() => plain.requiredTrust('admin' as TargetRole)).toThrow('[Target/Churn] role must be one of TargetRole');
  });
});
