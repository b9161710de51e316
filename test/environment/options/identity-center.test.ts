import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, DataScienceEnvironmentProps, ManagedRole, PersonaPermissionSet, ProjectBlueprint, StudioAuthMode } from '../../../src';
import { testApp } from '../../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890123456';
const roleOf = (name: string) => `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${name}_*`;

function churn(props: Partial<DataScienceEnvironmentProps> = {}) {
  const app = testApp(), stack = new Stack(app, 'Stack', { env });
  return { app, stack, environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props }) };
}

interface Document { readonly Statement: { readonly Sid?: string }[] }

/** In the account that manages Identity Center. */
function permissionSet(app: App, personaRole: ManagedRole, permissionSetName: string) {
  const management = app.node.tryFindChild('Management') as Stack ?? new Stack(app, 'Management', { env: { account: '999999999999', region: 'us-east-1' } });
  return new PersonaPermissionSet(management, permissionSetName, { personaRole, instanceArn: INSTANCE, permissionSetName });
}

describe('people who come by permission sets', () => {
  test('find project templates and the form of members as their personas do, whether the portfolio was first or the permission set', () => {
    const { app, stack, environment } = churn(), { personas } = environment;
    permissionSet(app, personas.dataScientist, 'Scientist');
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    environment.addMemberProduct();
    permissionSet(app, personas.teamAdministrator, 'Team');
    permissionSet(app, personas.dataScienceAdministrator, 'Administrator');
    const patterns = Object.values(Template.fromStack(stack).findResources('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { Properties: { PrincipalType: 'IAM_PATTERN' } }))
      .map(({ Properties: { PrincipalARN, PortfolioId } }) => [PrincipalARN, (PortfolioId as { Ref: string }).Ref] as unknown[]);
    const of = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam:::${roleOf(name)}`]] });
    const [projects, members] = ['^ChurnProjectsPortfolio', '^ChurnMembersPortfolio'].map((id) => expect.stringMatching(id) as unknown);
    expect(patterns).toHaveLength(3);
    expect(patterns).toEqual(expect.arrayContaining([[of('Scientist'), projects], [of('Team'), projects], [of('Team'), members]]));
  });

  test('read evaluation reports and undelivered events as who approves, and nobody else does', () => {
    const { app, stack, environment } = churn({ personas: { sourceCidrs: ['203.0.113.0/24'] } });
    permissionSet(app, environment.personas.teamAdministrator, 'Team');
    permissionSet(app, environment.personas.dataScientist, 'Scientist');
    const template = Template.fromStack(stack);
    const documents = [
      ...Object.values(template.findResources('AWS::S3::BucketPolicy')).map(({ Properties }) => Properties.PolicyDocument as Document),
      ...Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties }) => Properties.KeyPolicy as Document),
    ];
    const naming = (name: string) => documents.flatMap(({ Statement }) => Statement).filter((one) => JSON.stringify(one).includes(roleOf(name)))
      .map(({ Sid }) => Sid);
    expect(naming('Team').sort()).toEqual(['DenyBrowsingFromElsewhere', 'DenyReadingFromOutside', 'ReadReports', 'ReadUndeliveredEvents']);
    expect(naming('Scientist')).toEqual([]);
  });
});

describe('a domain with AuthMode SSO', () => {
  test('is entered by the portal, and addresses of people limit what is read, which they are told', () => {
    const { stack } = churn({ studio: { authMode: StudioAuthMode.IDENTITY_CENTER }, personas: { sourceCidrs: ['203.0.113.0/24'] } });
    Annotations.fromStack(stack).hasWarning('/Stack/Churn/Personas', Match.stringLikeRegexp('personas.sourceCidrs says from where reports and MLflow are opened, and not from where Studio is'));
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'DenyBrowsingFromElsewhere' })]) } });
  });
});
