import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { promotingStaging, staging } from './fixture';
import {
  CrossAccountDeploymentTarget, CrossAccountDeploymentTargetProps, DataScienceEnvironment, DeploymentStage, DeploymentTargetProduct,
  DeploymentTargetProductProps, EnvironmentRole, SelfContainedTemplate, TargetRole,
} from '../../src';
import { testApp } from '../test-app';

interface Parameter {
  readonly AllowedPattern?: string;
  readonly AllowedValues?: string[];
  readonly Default?: string;
  readonly ConstraintDescription?: string;
}
interface Rule { readonly RuleCondition?: object; readonly Assertions: { readonly Assert: object; readonly AssertDescription: string }[] }
interface Resource { readonly Type: string; readonly Properties: Record<string, unknown> }
interface Rendered {
  readonly Metadata: Record<string, { ParameterGroups: object[] }>;
  readonly Parameters: Record<string, Parameter>;
  readonly Rules: Record<string, Rule>;
  readonly Resources: Record<string, Resource>;
}

const PLATFORM = { account: '333333333333', region: 'eu-west-1' };
const production = DeploymentStage.accounts('production', { accounts: ['444444444444', '555555555555'] });
const units = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/', 'o-exampleorg/r-ab12/ou-ab12-rest1111/ou-ab12-prod2222/'],
});

type Given = Partial<DeploymentTargetProductProps>;

function offered(props: Given | ((stack: Stack) => Given) = {}, env: object = PLATFORM) {
  const stack = new Stack(testApp({ analyticsReporting: false }), 'Platform', { env });
  const product = new DeploymentTargetProduct(stack, 'Targets', {
    productName: 'Deployment target', owner: 'Platform team', stages: [staging, production], environmentAccounts: ['111111111111'], ...typeof props === 'function' ? props(stack) : props,
  });
  const rendered = (template: SelfContainedTemplate) => {
    (stack.node.root as App).synth(); // gives it tags
    return JSON.parse(stack.resolve(template.templateText()) as string) as Rendered;
  };
  return { stack, product, rendered, launched: () => rendered(product.template), catalog: () => Template.fromStack(stack) };
}

const { launched, catalog, product: made, rendered } = offered();
const form = launched();
const outputs = (template: Template) => Object.values(template.toJSON().Outputs as Record<string, { Value: unknown }>).map(({ Value }) => Value);

describe('the form', () => {
  test('has three fields in two groups', () => {
    expect(form.Metadata['AWS::CloudFormation::Interface'].ParameterGroups).toEqual([
      { Label: { default: 'Environment' }, Parameters: ['EnvironmentName', 'EnvironmentAccount'] }, { Label: { default: 'Target' }, Parameters: ['Stage'] },
    ]);
    expect(Object.keys(form.Parameters)).toEqual(['EnvironmentName', 'EnvironmentAccount', 'Stage']);
  });

  test('refuses what is no name of an environment, with a sentence', () => {
    const { AllowedPattern, ConstraintDescription } = form.Parameters.EnvironmentName;
    expect(ConstraintDescription).toBe('Name must be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter');
    expect(['churn', 'churn-2', 'Churn', 'churn--2', ''].map((name) => new RegExp(AllowedPattern!).test(name))).toEqual([true, true, false, false, false]);
  });

  test('takes accounts of environments that are offered, and no others: their pipelines deploy here', () => {
    expect(form.Parameters.EnvironmentAccount).toMatchObject({ AllowedValues: ['111111111111'], Default: '111111111111', ConstraintDescription: 'Account must be 111111111111' });
    expect(offered({ environmentAccounts: ['111111111111', '666666666666'] }).launched().Parameters.EnvironmentAccount).toEqual(expect.not.objectContaining({ Default: expect.anything() }));
  });

  test('takes stages that are offered', () => {
    expect(form.Parameters.Stage).toMatchObject({ AllowedValues: ['staging', 'production'], ConstraintDescription: 'Stage must be staging or production' });
  });

  test('refuses the account of the environment itself', () => {
    expect(form.Rules.TargetIsAnotherAccount.Assertions).toEqual([{
      Assert: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EnvironmentAccount' }, { Ref: 'AWS::AccountId' }] }] },
      AssertDescription: 'Account must be another account than this one, in which models are deployed',
    }]);
  });

  test('refuses a stage that this account does not belong to', () => {
    expect(form.Rules.AccountIsInProduction).toEqual({
      RuleCondition: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] },
      Assertions: [{
        Assert: { 'Fn::Contains': [['444444444444', '555555555555'], { Ref: 'AWS::AccountId' }] },
        AssertDescription: 'Stage must be one that this account belongs to, and production has other accounts',
      }],
    });
  });

  test('leaves it to the sharing which accounts are in units', () => {
    expect(Object.keys(offered({ stages: [units] }).launched().Rules)).toEqual(['TargetIsAnotherAccount']);
  });
});

/** A value of the template as CloudFormation sees it with these answers. */
function filled(value: unknown, answers: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, answers));
  if (value === null || typeof value !== 'object') return value;
  const { Ref, 'Fn::Join': joined } = value as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]] };
  if (Ref !== undefined && Ref in answers) return answers[Ref];
  const entries = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, answers)]));
  if (joined === undefined) return entries;
  const parts = (entries['Fn::Join'] as [string, unknown[]])[1].reduce<unknown[]>((before, part) => {
    const last = before[before.length - 1];
    return typeof last === 'string' && typeof part === 'string' ? [...before.slice(0, -1), `${last}${joined[0]}${part}`] : [...before, part];
  }, []);
  return parts.length === 1 ? parts[0] : { 'Fn::Join': [joined[0], parts] };
}

const ANSWERS = { 'EnvironmentName': 'churn', 'EnvironmentAccount': '111111111111', 'Stage': 'staging', 'AWS::AccountId': '222222222222', 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::URLSuffix': 'amazonaws.com' };

interface Statement { readonly Action: string | string[]; readonly Resource: unknown; readonly Effect: string; readonly Condition?: object }

interface Policy { readonly Roles: object; readonly Path: string; readonly PolicyDocument: { readonly Statement: Statement[] } }

/** Resources, without the ids that their paths make, and what policies allow the roles that have them, however it is divided. */
function resourcesOf(template: { Resources: Record<string, Resource> }): string[] {
  const lines = Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::IAM::ManagedPolicy') return [`${Type} ${JSON.stringify(filled(Properties, ANSWERS))}`];
    const { Roles, Path, PolicyDocument } = filled(Properties, ANSWERS) as Policy;
    return PolicyDocument.Statement.flatMap(({ Action, Resource, ...rest }) => [Action].flat().flatMap((action) => [Resource].flat().map((resource) =>
      JSON.stringify([Roles, Path, action, resource, rest]))));
  });
  return [...new Set(lines)].map((line) => line.replace(/[\w/]+\/Target\/Network/g, 'Network').replace(/(EnvironmentBuckets)[0-9a-f]+/, '$1')).sort();
}

describe('what is launched', () => {
  const directly = (props: Partial<CrossAccountDeploymentTargetProps>, attributes: object, launchRoleName: string) => {
    const stack = new Stack(testApp({ analyticsReporting: false }), 'Target', { env: { account: '222222222222', region: 'eu-west-1' } });
    const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', account: '111111111111', region: 'eu-west-1', ...attributes });
    const { roleArn } = Role.fromRoleName(stack, 'LaunchRole', launchRoleName);
    new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage: staging, cloudFormationExecutionRoles: [roleArn], ...props });
    return Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  };
  test.each<[string, Given, Partial<CrossAccountDeploymentTargetProps>, object]>([
    ['with defaults', {}, {}, {}],
    ['with copies of models', { stages: [promotingStaging] }, { stage: promotingStaging }, {}],
    ['with monitoring', { stages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} })] },
      { stage: DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} }) }, {}],
    ['with a range, access logs and paths of roles', { cidr: '10.7.0.0/16', enableAccessLogs: true, rolePath: '/teams/' }, { cidr: '10.7.0.0/16', enableAccessLogs: true }, { rolePath: '/teams/' }],
  ])('is what CrossAccountDeploymentTarget makes for the environment, account and stage of the form, %s', (_, props, ofTarget, attributes) => {
    const { product, launched: template } = offered(props);
    expect(resourcesOf(template())).toEqual(resourcesOf(directly(ofTarget, attributes, product.launchRoleName)));
  });

  test('trusts roles of the environment that have a path of their own', () => {
    const text = JSON.stringify(filled(offered({ rolePaths: [{ role: EnvironmentRole.STACK_SET_ADMINISTRATOR, path: '/stack-sets/' }] }).launched(), ANSWERS));
    expect(text).toContain(':iam::111111111111:role/stack-sets/churn--stack-set-administrator-eu-west-1');
  });

  test('keeps environment and stage: CloudFormation replaces no policy that has a name, and its description cannot change', () => {
    const [policy] = Object.values(form.Resources).filter(({ Properties: { ManagedPolicyName } }) => ManagedPolicyName !== undefined);
    expect(policy).toMatchObject({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: { 'Fn::Join': ['-', ['SC-a-target-keeps-its-environment-and-stage', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] },
        Description: { 'Fn::Join': ['', ['What containers do of ', { Ref: 'EnvironmentName' }, ' ', { Ref: 'EnvironmentAccount' }, ' ', { Ref: 'Stage' }]] },
      },
    });
  });
});

describe('the product', () => {
  test('is launched with a role that every account has by the same name', () => {
    expect(made.launchRoleName).toBe('Platform-Targets-C6588B5F-eu-west-1');
    catalog().hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', { LocalRoleName: made.launchRoleName });
    catalog().hasResourceProperties('AWS::IAM::Role', { RoleName: made.launchRoleName });
    expect(Object.values(rendered(made.launchRoleTemplate).Resources)[0]).toMatchObject({ Type: 'AWS::IAM::Role', Properties: { RoleName: made.launchRoleName } });
  });

  test('is shared with the accounts of lists', () => {
    const { catalog: shared } = offered({ stages: [DeploymentStage.accounts('staging', { accounts: ['222222222222', PLATFORM.account] }), production] });
    const accounts = Object.values(shared().findResources('AWS::ServiceCatalog::PortfolioShare') as Record<string, Resource>).map(({ Properties: { AccountId } }) => AccountId);
    expect(accounts.sort()).toEqual(['222222222222', '444444444444', '555555555555']);
  });

  test('prints the command that shares it with organizational units', () => {
    const portfolio = { Ref: expect.stringMatching(/^TargetsPortfolio/) };
    const share = (unit: string) => ` --organization-node Type=ORGANIZATIONAL_UNIT,Value=${unit}`;
    expect(outputs(offered({ stages: [units] }).catalog())).toContainEqual({
      'Fn::Join': ['', [
        'aws servicecatalog create-portfolio-share --region eu-west-1 --portfolio-id ', portfolio,
        `${share('ou-ab12-prod1111')} && aws servicecatalog create-portfolio-share --region eu-west-1 --portfolio-id `, portfolio, share('ou-ab12-prod2222'),
      ]],
    });
  });

  test('prints the command that makes the launch role', () => {
    expect(outputs(catalog())).toEqual(['aws cloudformation deploy --region eu-west-1 --stack-name Platform-Targets-C6588B5F-eu-west-1 '
      + '--template-file cdk.out/templates/Platform-Targets-C6588B5F-launch-role.yaml --capabilities CAPABILITY_NAMED_IAM']);
  });

  test('has one version, which is called after its content', () => {
    const [{ Properties: { ProvisioningArtifactParameters } }] = Object.values(catalog().findResources('AWS::ServiceCatalog::CloudFormationProduct') as Record<string, Resource>);
    const [{ Name, Info: { LoadTemplateFromURL } }] = ProvisioningArtifactParameters as [{ Name: string; Info: { LoadTemplateFromURL: { 'Fn::Sub': string } } }];
    expect(LoadTemplateFromURL['Fn::Sub']).toMatch(new RegExp(`/${Name}[0-9a-f]{52}\\.json$`));
  });

  test('may stand in a portfolio that exists already', () => {
    const given = offered((stack) => ({ portfolio: Portfolio.fromPortfolioArn(stack, 'Given', 'arn:aws:catalog:eu-west-1:333333333333:portfolio/port-abc') }));
    given.catalog().resourceCountIs('AWS::ServiceCatalog::Portfolio', 0);
    given.catalog().hasResourceProperties('AWS::ServiceCatalog::PortfolioProductAssociation', { PortfolioId: 'port-abc' });
  });

  test('is launched, updated and terminated by roles to which that is granted', () => {
    const { stack, product, catalog: granted } = offered();
    product.grantLaunch(new Role(stack, 'Administrators', { assumedBy: new AccountRootPrincipal() }));
    granted().hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { PrincipalType: 'IAM' });
    granted().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Condition: { StringEquals: { 'servicecatalog:roleLevel': 'self' } } })]) },
    });
  });

  test('is shown to people who sign in by IAM Identity Center', () => {
    const { product, catalog: shown } = offered();
    expect(product.giveAccessToPermissionSet('Operators').flatMap(({ actions }) => actions)).toContain('servicecatalog:ProvisionProduct');
    shown().hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { PrincipalType: 'IAM_PATTERN' });
  });

  test('stands in a stack without account and region as well', () => {
    const { product, launched: template } = offered({}, {});
    expect(product.launchRoleName).toMatch(/^Platform-Targets-C6588B5F-\$\{Token/);
    expect(JSON.stringify(template().Resources)).toContain('{"Ref":"EnvironmentName"},"--",{"Ref":"Stage"},"--model-",{"Ref":"AWS::Region"}');
  });

  test('has a launch role that must bound the roles of targets, where they have a permissions boundary', () => {
    const bounded = offered((stack) => ({ permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'targets') }));
    const statements = Object.values(bounded.rendered(bounded.product.launchRoleTemplate).Resources).flatMap(({ Properties }) =>
      (Properties.PolicyDocument as { Statement: { Action: string | string[]; Condition?: object }[] } | undefined)?.Statement ?? []);
    expect(statements.filter(({ Action }) => Action.includes('iam:CreateRole')).map(({ Condition }) => Object.keys(Condition ?? {}))).toEqual([['StringEquals']]);
  });
});

test('a launch role makes no role of targets that exists already', () => {
  const { product, rendered: textOf } = offered({ existingRoles: [TargetRole.ENDPOINT_TEST] });
  const text = JSON.stringify(textOf(product.launchRoleTemplate));
  expect(text).toMatch(/--staging--model-eu-west-1/);
  expect(text).not.toMatch(/--staging--test-eu-west-1/);
});

describe('bad input', () => {
  const WHERE = '[Platform/Targets] ';

  test.each<[string, Given, string]>([
    ['no stages', { stages: [] }, 'stages must have at least one element, got []'],
    ['a stage twice', { stages: [staging, staging] }, 'stages must have no element twice, got ["staging","staging"]'],
    ['a stage in the account of the environment', { stages: [DeploymentStage.sameAccount('test')] },
      'stages must be in other accounts than the data-science account, got ["test"]. Place a CrossAccountDeploymentTarget in the environment\'s account'],
    ['stages that are monitored and not', { stages: [staging, DeploymentStage.accounts('production', { accounts: ['444444444444'], monitoring: {} })] },
      'stages (production).monitoring must be that of the stage \'staging\', none, got "jobs on ml.m5.large". Make another product for it: what a target is made of is in its template'],
    ['stages of an organization and of none', { stages: [staging, units] },
      'stages (production).organizationId must be that of the stage \'staging\', none, got "o-exampleorg". Make another product for it: what a target is made of is in its template'],
    ['a stage whose accounts a platform account lists', {
      stages: [DeploymentStage.organizationalUnits('production', { organizationId: 'o-exampleorg', organizationalUnitPaths: units.organizationalUnitPaths, platformAccount: '333333333333' })],
    }, 'stages must have no platformAccount, got ["production"]. Pipelines ask a role of that account which accounts are in the units, one for each environment, which DeploymentTargetStackSet makes'],
    ['no accounts of environments', { environmentAccounts: [] }, 'environmentAccounts must have at least one element, got []'],
    ['what is no account', { environmentAccounts: ['1111'] }, 'environmentAccounts must be account ids of 12 digits, got ["1111"]'],
    ['an owner that is too long', { owner: 'x'.repeat(51) }, `owner must have 1–50 characters, got "${'x'.repeat(51)}"`],
    ['an empty name', { productName: '' }, 'productName must be a text that is not empty, got ""'],
    ['the role of models, where it exists already', { existingRoles: [TargetRole.MODEL_EXECUTION] },
      'existingRoles must not have the role of models in it, got ["model"]. A policy of that role is what refuses an update to another environment'],
    ['a name that is too long', { productName: 'x'.repeat(101) }, `productName must have 1–100 characters, got "${'x'.repeat(101)}"`],
  ])('%s is refused', (_, props, message) => {
    expect(() => offered(props)).toThrow(`${WHERE}${message}`);
  });

  test('what a target refuses is refused here', () => {
    expect(() => offered({ zoneCount: 9 })).toThrow('zoneCount must be a whole number between 1 and 4, got 9');
  });
});
