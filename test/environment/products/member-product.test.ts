import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { product } from './product-app';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentTemplate, Persona, SelfContainedTemplate, StudioAuthMode } from '../../../src';
import { testApp } from '../../test-app';

interface Resource { readonly Type: string; readonly Properties: Record<string, unknown>; readonly DependsOn?: string[] }
interface Parameter {
  readonly Type: string;
  readonly Default?: string;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: string[];
  readonly ConstraintDescription?: string;
}
interface Rendered {
  readonly Parameters: Record<string, Parameter>;
  readonly Rules: Record<string, { readonly Assertions: { readonly AssertDescription: string }[] }>;
  readonly Resources: Record<string, Resource>;
}

function churn(props: Partial<DataScienceEnvironmentProps> = {}, offers = true) {
  const stack = new Stack(testApp({ analyticsReporting: false }), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  environment.addUser('bob', { persona: Persona.ML_ENGINEER });
  if (offers) environment.addMemberProduct();
  return { stack, environment, template: Template.fromStack(stack) };
}

const { environment, template } = churn();
const member = memberOf(environment);
const of = (resources: Record<string, Resource>, type: string) => Object.values(resources).filter(({ Type }) => Type === type);

function memberOf(offering: DataScienceEnvironment): Rendered {
  const carried = offering.node.findAll().find((node): node is SelfContainedTemplate => node instanceof SelfContainedTemplate && node.node.path.includes('/Members/'))!;
  return JSON.parse(Stack.of(offering).resolve(carried.templateBody) as string) as Rendered;
}

describe('the form', () => {
  const asked = Object.entries(member.Parameters).filter(([, { Type }]) => !Type.startsWith('AWS::SSM::'));

  test('has three fields; everything else is known of the environment', () => {
    expect(asked.map(([name]) => name)).toEqual(['UserName', 'Persona', 'DeleteWorkOf']);
    for (const { AllowedValues, Default } of Object.values(member.Parameters).filter(({ Type }) => Type.startsWith('AWS::SSM::'))) expect(AllowedValues).toEqual([Default]);
  });

  test('refuses what is no name of a user, with a sentence', () => {
    const { AllowedPattern, ConstraintDescription } = member.Parameters.UserName;
    expect(ConstraintDescription).toBe('Name must be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends');
    const pattern = new RegExp(AllowedPattern!);
    expect(['carol', 'carol-2', 'x'.repeat(63)].filter((name) => !pattern.test(name))).toEqual([]);
    expect(['', 'Carol', '-carol', 'carol@example.com', 'x'.repeat(64)].filter((name) => pattern.test(name))).toEqual([]);
  });

  test('knows those who work in Studio, and no administrators', () => {
    expect(member.Parameters.Persona).toMatchObject({
      AllowedValues: [Persona.DATA_SCIENTIST, Persona.ML_ENGINEER], Default: Persona.DATA_SCIENTIST, ConstraintDescription: 'Persona must be data-scientist or ml-engineer',
    });
  });

  test('takes nothing but the member\'s name for the deletion of work', () => {
    expect(member.Parameters.DeleteWorkOf.Default).toBe('');
    expect(member.Rules.DeletedWorkIsTheMembers.Assertions.map(({ AssertDescription }) => AssertDescription)).toEqual(['Delete the work of must be empty, or the name again']);
  });
});

/** A resource of the form, with these answers and what the environment has stored. */
function filled(value: unknown, answers: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, answers));
  if (value === null || typeof value !== 'object') return value;
  const { Ref, 'Fn::If': choice, 'Fn::GetAtt': attribute } = value as { 'Ref'?: string; 'Fn::If'?: [string, unknown, unknown]; 'Fn::GetAtt'?: string[] };
  if (attribute && /^(GroupId|DomainId)$/.test(attribute[1])) return { Ref: attribute[0] }; // the same
  if (choice) return filled(choice[0] === 'IsMlEngineer' === (answers.Persona === 'ml-engineer') ? choice[1] : choice[2], answers);
  if (Ref === undefined) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, answers)]));
  if (Ref in answers) return answers[Ref];
  if (!(Ref in member.Parameters)) return value;
  const stored = Object.values(template.findResources('AWS::SSM::Parameter', { Properties: { Name: member.Parameters[Ref].Default } })) as Resource[];
  expect(stored).toHaveLength(1);
  return filled(stored[0].Properties.Value, answers);
}

describe.each([['alice', Persona.DATA_SCIENTIST], ['bob', Persona.ML_ENGINEER]])('%s as a %s from the form', (name, persona) => {
  const profiles = template.findResources('AWS::SageMaker::UserProfile', { Properties: { UserProfileName: name } }) as Record<string, Resource>;
  const [added] = Object.values(profiles);
  const [profile] = of(member.Resources, 'AWS::SageMaker::UserProfile');
  const fromForm = filled(profile.Properties, { UserName: name, Persona: persona }) as Record<string, { SecurityGroups: object[] }>;

  test('has the profile that addUser makes', () => {
    const { SecurityGroups: [own, ...others], ...settings } = fromForm.UserSettings;
    const { SecurityGroups: [, ...expected], ...rest } = added.Properties.UserSettings as { SecurityGroups: object[] };
    const withGroups = (properties: object, userSettings: object, SecurityGroups: object[]) =>
      filled({ ...properties, UserSettings: { ...userSettings, SecurityGroups } }, {});
    expect(withGroups(fromForm, settings, others)).toEqual(withGroups(added.Properties, rest, expected));
    expect(own).toEqual({ Ref: Object.keys(member.Resources)[0] });
  });

  test('has a security group of the same rules', () => {
    const group = template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: 'Studio ports of one user' } });
    const rulesOf = ({ Properties: { Tags: _, ...properties } }: Resource) => filled(properties, { UserName: name });
    expect(of(member.Resources, 'AWS::EC2::SecurityGroup').map(rulesOf)).toEqual([rulesOf(Object.values(group)[0] as Resource)]);
    expect(of(member.Resources, 'AWS::EC2::SecurityGroupIngress').map(({ Properties: { FromPort, ToPort } }) => [FromPort, ToPort])).toEqual([[8192, 65535]]);
  });
});

describe('what a member leaves', () => {
  const [work] = of(member.Resources, 'Custom::StudioUserContents');

  test('is looked after by the environment\'s own clean-up, and kept unless the form asks for the deletion', () => {
    expect(filled(work.Properties.ServiceToken, {})).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ChurnStudioCleanUpHandlerFunction/), 'Arn'] });
    expect(work.Properties).toMatchObject({ UserProfileNames: [{ Ref: 'UserName' }], RemovalPolicy: { 'Fn::If': ['DeletesWork', 'destroy', 'retain'] } });
  });

  test('is not looked at before the profile is the member\'s: a name that is taken never costs another user\'s work', () => {
    expect(work.DependsOn).toEqual(Object.entries(member.Resources).filter(([, { Type }]) => Type === 'AWS::SageMaker::UserProfile').map(([id]) => id));
  });

  test('may be deleted by the clean-up in this domain, which may not without the product', () => {
    const mayDelete = (from: Template) => Object.values(from.findResources('AWS::IAM::ManagedPolicy') as Record<string, Resource>)
      .filter(({ Properties }) => /CleanUp/.test(JSON.stringify(Properties.Roles)) && /sagemaker:Delete(App|Space)/.test(JSON.stringify(Properties)));
    expect(mayDelete(template)).toHaveLength(1);
    expect(mayDelete(churn({}, false).template)).toEqual([]);
  });
});

describe('the product', () => {
  test('is found by team administrators alone', () => {
    const portfolio = Object.entries(template.findResources('AWS::ServiceCatalog::Portfolio', { Properties: { DisplayName: 'churn members' } }))[0][0];
    template.resourcePropertiesCountIs('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { PortfolioId: { Ref: portfolio } }, 1);
    template.hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', {
      PortfolioId: { Ref: portfolio }, PrincipalARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChurnPersonasTeamAdministrator'), 'Arn'] },
    });
  });

  test('is launched with a role of its own', () => {
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'churn--member-launch-eu-west-1', AssumeRolePolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Principal: { Service: 'servicecatalog.amazonaws.com' } })] }) });
    template.hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', { RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChurnMembersMemberLaunch'), 'Arn'] } });
  });

  test('stays, with its role, as long as somebody is in the domain', () => {
    const [contents] = Object.values(template.findResources('Custom::StudioDomainContents')) as Resource[];
    const kept = ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::ServiceCatalog::LaunchRoleConstraint', 'AWS::ServiceCatalog::CloudFormationProduct'];
    expect(kept.filter((type) => !contents.DependsOn!.some((id) => id.startsWith('ChurnMembers') && template.toJSON().Resources[id].Type === type))).toEqual([]);
  });

  test('is one, however often it is asked for', () => {
    expect(environment.addMemberProduct()).toBe(environment.addMemberProduct());
    template.resourcePropertiesCountIs('AWS::ServiceCatalog::CloudFormationProduct', { Name: 'Member' }, 1);
  });

  test('is no part of an environment that has not asked for it', () => {
    expect(/member-launch|studio\/(clean-up-function-arn|security-group-id)/.exec(JSON.stringify(churn({}, false).template.toJSON()))).toBeNull();
  });

  test('asks for the name in IAM Identity Center as well, in a domain with AuthMode SSO', () => {
    const { Parameters, Resources } = memberOf(churn({ studio: { authMode: StudioAuthMode.IDENTITY_CENTER } }).environment);
    expect(Object.entries(Parameters).filter(([, { Type }]) => !Type.startsWith('AWS::SSM::')).map(([name]) => name).sort()).toEqual(['DeleteWorkOf', 'Persona', 'SignInName', 'UserName']);
    const { AllowedPattern, ConstraintDescription } = Parameters.SignInName, pattern = new RegExp(AllowedPattern!);
    expect(ConstraintDescription).toBe('Sign-in name must have 1–128 characters without white space');
    expect(['', 'Carol Smith', 'x'.repeat(129)].filter((name) => pattern.test(name))).toEqual([]);
    expect(pattern.test('carol.smith@example.com')).toBe(true);
    expect(of(Resources, 'AWS::SageMaker::UserProfile')[0].Properties).toMatchObject({
      UserProfileName: { Ref: 'UserName' }, SingleSignOnUserIdentifier: 'UserName', SingleSignOnUserValue: { Ref: 'SignInName' },
    });
  });
});

test('an environment from a form has a product for members, whose parameters its publisher names', () => {
  class Offering extends EnvironmentTemplate {
    readonly made = new DataScienceEnvironment(this, 'Environment', { environmentName: this.environmentName, owner: this.owner });
    readonly members = this.made.addMemberProduct();
  }
  let offering: Offering | undefined;
  const { app } = product((catalog) => ({ versions: [{ name: '1', template: offering = new Offering(catalog, 'V1') }] }));
  app.synth();
  expect(memberOf(offering!.made).Parameters.StudioDomainId.Default).toBe('/secure-mlops/zzz-environment-name/studio/domain-id');
});
