import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role, SamlProvider } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, DOMAIN, Parts, REGION } from './parts';
import { may, Question, sizeOf } from './weigh';
import { PersonasProps, PersonaTrust, SessionIdentity, StudioAuthMode } from '../../src/identity';
import { EnvironmentRole } from '../../src/names';
import { DeploymentStage } from '../../src/stages';

const sagemaker = (resource: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/churn--${name}-${REGION}`;
const PRODUCT = `arn:aws:catalog:${REGION}:${ACCOUNT}:product/prod-1`;
const PIPELINE = `arn:aws:codepipeline:${REGION}:${ACCOUNT}:churn--forecast-p-1-deploy`;
const asAlice = { 'aws:PrincipalTag/StudioUser': 'alice' };
const open = (user: string, given: Record<string, string> = asAlice): Question => ({ does: 'sagemaker:CreatePresignedDomainUrl', on: sagemaker(`user-profile/${DOMAIN}/${user}`), given });
const approve = (given: Record<string, string>): Question => ({ does: 'sagemaker:UpdateModelPackage', on: sagemaker('model-package/churn--forecast/1'), given });
const APPROVED = { 'sagemaker:ModelApprovalStatus': 'Approved' };
const approveStage = (name: string): Question => ({ does: 'codepipeline:PutApprovalResult', on: `${PIPELINE}/Approve${name}/Approve` });
const profile = (groups?: string[]): Question => ({
  does: 'sagemaker:CreateUserProfile', on: sagemaker(`user-profile/${DOMAIN}/carol`), given: groups && { 'sagemaker:VpcSecurityGroupIds': groups } as never,
});
const OURS = 'sg-0123456789abcdef0';
const passStudio = (name: string, service = 'sagemaker.amazonaws.com'): Question => ({ does: 'iam:PassRole', on: role(name), given: { 'iam:PassedToService': service } });

const allowed: [string, string, Question][] = [
  ['DataScientist', 'opens their own Studio', open('alice')],
  ['MlEngineer', 'opens their own Studio', open('alice')],
  ['DataScientist', 'sees the domain', { does: 'sagemaker:DescribeDomain', on: sagemaker(`domain/${DOMAIN}`) }],
  ['DataScientist', 'launches a project', { does: 'servicecatalog:ProvisionProduct', on: PRODUCT }],
  ['DataScientist', 'ends what they launched', { does: 'servicecatalog:TerminateProvisionedProduct', on: '*', given: { 'servicecatalog:userLevel': 'self' } }],
  ['TeamAdministrator', 'adds a member in our groups', profile([OURS])],
  ['TeamAdministrator', 'stops a forgotten application', { does: 'sagemaker:DeleteApp', on: sagemaker(`app/${DOMAIN}/bob/jupyterlab/default`) }],
  ['TeamAdministrator', 'passes the Studio role to SageMaker', passStudio('studio-execution')],
  ['TeamAdministrator', 'approves a version', approve(APPROVED)],
  ['TeamAdministrator', 'rejects a version', approve({ 'sagemaker:ModelApprovalStatus': 'Rejected' })],
  ['TeamAdministrator', 'lets a version pass into staging', approveStage('Staging')],
  ['TeamAdministrator', 'steps a deployment back', { does: 'codepipeline:RollbackStage', on: `${PIPELINE}/Production` }],
  ['DataScienceAdministrator', 'lets a version pass into production', approveStage('Production')],
];

const denied: [string, string, Question][] = [
  ['DataScientist', 'opens a colleague\'s Studio', open('bob')],
  ['DataScientist', 'opens a Studio without saying who they are', open('alice', {})],
  ['DataScientist', 'opens a profile in other letters', open('Alice')],
  ['DataScientist', 'opens every Studio as a star', open('bob', { 'aws:PrincipalTag/StudioUser': '*' })],
  ['TeamAdministrator', 'opens anybody\'s Studio', open('alice')],
  ['DataScienceAdministrator', 'opens anybody\'s Studio', open('alice')],
  ['DataScientist', 'starts a job', { does: 'sagemaker:CreateTrainingJob', on: sagemaker('training-job/t') }],
  ['DataScientist', 'approves a version', approve(APPROVED)],
  ['DataScientist', 'lets a version pass into staging', approveStage('Staging')],
  ['DataScientist', 'passes a role', passStudio('studio-execution')],
  ['DataScientist', 'ends what somebody else launched', { does: 'servicecatalog:TerminateProvisionedProduct', on: '*', given: { 'servicecatalog:userLevel': 'other' } }],
  ['DataScientist', 'becomes another persona', { does: 'sts:AssumeRole', on: role('team-administrator') }],
  ['TeamAdministrator', 'adds a member in a foreign group', profile(['sg-foreign'])],
  ['TeamAdministrator', 'adds a member in ours and a foreign group', profile([OURS, 'sg-foreign'])],
  ['TeamAdministrator', 'adds a member in no group', profile()],
  ['TeamAdministrator', 'passes the pipeline role', passStudio('pipeline-execution')],
  ['TeamAdministrator', 'passes the Studio role to another service', passStudio('studio-execution', 'ec2.amazonaws.com')],
  ['TeamAdministrator', 'changes a version without deciding on it', approve({})],
  ['TeamAdministrator', 'sets a version back to pending', approve({ 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' })],
  ['TeamAdministrator', 'moves a version in its life as well', approve({ ...APPROVED, 'sagemaker:ModelLifeCycle:Stage': 'Production' })],
  ['TeamAdministrator', 'lets a version pass into production', approveStage('Production')],
  ['TeamAdministrator', 'starts a deployment', { does: 'codepipeline:StartPipelineExecution', on: PIPELINE }],
  ['DataScienceAdministrator', 'lets a version pass into staging', approveStage('Staging')],
  ['DataScienceAdministrator', 'approves a version', approve(APPROVED)],
  ['DataScienceAdministrator', 'launches a product that is not an environment', { does: 'servicecatalog:ProvisionProduct', on: PRODUCT }],
];

describe('who may do what', () => {
  const parts = new Parts();
  parts.personas().allowProjectProduct(PRODUCT);
  const { template } = parts;
  test.each(allowed)('%s %s', async (who, _, question) => expect(await may(template, `Personas${who}`, question)).toBe(true));
  test.each(denied)('%s never %s', async (who, _, question) => expect(await may(template, `Personas${who}`, question)).toBe(false));
});

describe('with one stage only', () => {
  test('its approval is the data science administrator\'s', async () => {
    const parts = new Parts();
    parts.personas({ deploymentStages: [stage('production')] });
    expect(await may(parts.template, 'PersonasDataScienceAdministrator', approveStage('Production'))).toBe(true);
    expect(await may(parts.template, 'PersonasTeamAdministrator', approveStage('Production'))).toBe(false);
  });
});

describe('where from', () => {
  test('Studio is opened from the company only', async () => {
    const { template } = personas({ sourceCidrs: ['203.0.113.0/24'] });
    expect(await may(template, 'PersonasDataScientist', open('alice', { ...asAlice, 'aws:SourceIp': '203.0.113.7' }))).toBe(true);
    expect(await may(template, 'PersonasDataScientist', open('alice', { ...asAlice, 'aws:SourceIp': '198.51.100.7' }))).toBe(false);
    expect(await may(template, 'PersonasDataScientist', open('alice'))).toBe(false);
  });
});

describe('trust', () => {
  const root = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } };

  test('users of the account come under their own names, with no other tag', () => {
    expect(trustOf(personas().template)).toEqual([{
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: root,
      Condition: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['StudioUser'] },
        'Null': { 'aws:RequestTag/StudioUser': 'false' },
        'StringEquals': { 'aws:RequestTag/StudioUser': '${aws:username}' },
      },
    }]);
  });

  test('users of the account come with their own source identity', () => {
    const { template } = personas({ sessionIdentity: SessionIdentity.sourceIdentity() });
    expect(trustOf(template)).toEqual([{
      Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Principal: root, Condition: { StringEquals: { 'sts:SourceIdentity': '${aws:username}' } },
    }]);
  });

  test('the source identity opens its own Studio', async () => {
    const { template } = personas({ sessionIdentity: SessionIdentity.sourceIdentity() });
    expect(await may(template, 'PersonasDataScientist', open('alice', { 'aws:SourceIdentity': 'alice' }))).toBe(true);
    expect(await may(template, 'PersonasDataScientist', open('bob', { 'aws:SourceIdentity': 'alice' }))).toBe(false);
  });

  test('a SAML provider says who comes', () => {
    const parts = new Parts();
    const provider = SamlProvider.fromSamlProviderArn(parts.stack, 'Saml', `arn:aws:iam::${ACCOUNT}:saml-provider/company`);
    parts.personas({ trust: PersonaTrust.saml(provider) });
    expect(trustOf(parts.template)).toEqual([{
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/company` },
      Condition: expect.objectContaining({ Null: { 'aws:RequestTag/StudioUser': 'false' }, StringEquals: { 'SAML:aud': expect.anything() as unknown } }) as unknown,
    }]);
  });

  test.each(['', 'a b', 'a/b', '${aws:username}'])('the tag name %p is refused', (name) => {
    expect(() => SessionIdentity.sessionTag(name)).toThrow(`[SessionIdentity.sessionTag] tagName must be 1–128 letters, digits, dots, hyphens and underscores, got ${JSON.stringify(name)}`);
  });
});

describe('with a domain of Identity Center', () => {
  test('nobody opens Studio by a presigned address', () => {
    expect(JSON.stringify(personas({ authMode: StudioAuthMode.IDENTITY_CENTER }).template.toJSON())).not.toContain('CreatePresignedDomainUrl');
  });

  test('users of the account become personas, and what runs in Studio does not', () => {
    expect(trustOf(personas({ authMode: StudioAuthMode.IDENTITY_CENTER }).template)).toEqual([
      expect.objectContaining({ Action: 'sts:AssumeRole', Condition: { Null: { 'aws:username': 'false' } } }),
    ]);
  });

  test('a sessionIdentity is refused', () => {
    expect(() => personas({ authMode: StudioAuthMode.IDENTITY_CENTER, sessionIdentity: SessionIdentity.sessionTag() })).toThrow(
      '[Stack/Personas] personas.sessionIdentity must not be given for a domain with AuthMode SSO, got "${aws:PrincipalTag/StudioUser}". '
      + 'With Identity Center nobody opens Studio by a presigned address: the portal knows who comes');
  });
});

describe('what a company asks of roles', () => {
  test('one persona may have a path and a boundary of its own', () => {
    const parts = new Parts();
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(parts.stack, 'Boundary', `arn:aws:iam::${ACCOUNT}:policy/people`);
    const roleOptions = { exceptions: [{ role: EnvironmentRole.TEAM_ADMINISTRATOR, path: '/people/', permissionsBoundary }] };
    parts.personas({ names: parts.names('churn', roleOptions) });
    parts.template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: `churn--team-administrator-${REGION}`, Path: '/people/', PermissionsBoundary: permissionsBoundary.managedPolicyArn,
    });
    parts.template.hasResourceProperties('AWS::IAM::Role', { RoleName: `churn--data-scientist-${REGION}`, Path: Match.absent(), PermissionsBoundary: Match.absent() });
  });

  test('nothing is asked of a persona from outside', () => {
    const parts = new Parts();
    const existingRole = Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`);
    expect(() => parts.names('churn', { exceptions: [{ role: EnvironmentRole.DATA_SCIENTIST, path: '/people/', existingRole }] })).toThrow(
      'roleOptions.exceptions (data-scientist).existingRole must not be given together with path, got Stack/Given. A role that exists already stays as it is: its path and boundary are its owner\'s');
  });
});

describe('roles from outside', () => {
  test('get nothing attached, and their owner is told what they need', () => {
    const parts = new Parts();
    const { dataScientist } = parts.personas({ names: withExisting(parts, EnvironmentRole.DATA_SCIENTIST) });
    parts.template.resourceCountIs('AWS::IAM::Role', 3);
    expect(JSON.stringify(parts.stack.resolve(dataScientist.requiredPolicies))).toContain('sagemaker:CreatePresignedDomainUrl');
  });
});

describe('links', () => {
  test.each([
    ['us-east-1', 'https://signin.aws.amazon.com'], ['us-gov-west-1', 'https://signin.amazonaws-us-gov.com'], ['cn-north-1', 'https://signin.amazonaws.cn'],
  ])('of %s lead to its partition', (region, address) => {
    const parts = new Parts({ env: { account: ACCOUNT, region } });
    const { teamAdministrator } = parts.personas({ authMode: StudioAuthMode.IDENTITY_CENTER });
    expect(teamAdministrator.switchRoleUrl?.startsWith(`${address}/switchrole?account=${ACCOUNT}&roleName=`)).toBe(true);
  });

  test('name the role with its path, as the console asks for it', () => {
    const parts = new Parts();
    const roleOptions = { path: '/company/' };
    const { teamAdministrator } = parts.personas({ authMode: StudioAuthMode.IDENTITY_CENTER, names: parts.names('churn', roleOptions) });
    expect(JSON.stringify(parts.stack.resolve(teamAdministrator.switchRoleUrl))).toContain('&roleName=company/');
  });
});

describe('how a user of the account becomes a persona', () => {
  test.each([
    [SessionIdentity.sessionTag(), '--role-session-name <user> --tags Key=StudioUser,Value=<user>'],
    [SessionIdentity.sessionTag('CostOwner'), '--role-session-name <user> --tags Key=CostOwner,Value=<user>'],
    [SessionIdentity.sourceIdentity(), '--role-session-name <user> --source-identity <user>'],
  ])('by a command, where the session must say for whom it is, and by no link', (sessionIdentity, ending) => {
    const parts = new Parts();
    const { dataScientist } = parts.personas({ sessionIdentity });
    expect(parts.stack.resolve(dataScientist.assumeRoleCommand)).toEqual({
      'Fn::Join': ['', ['aws sts assume-role --role-arn ', parts.stack.resolve(dataScientist.role.roleArn), ` ${ending}`]],
    });
    expect(dataScientist.switchRoleUrl).toBeUndefined();
  });

  test('by neither, where an identity provider signs people in or the role is another\'s', () => {
    const parts = new Parts();
    const provider = SamlProvider.fromSamlProviderArn(parts.stack, 'Saml', `arn:aws:iam::${ACCOUNT}:saml-provider/company`);
    const { dataScientist } = parts.personas({ trust: PersonaTrust.saml(provider) });
    const { teamAdministrator } = parts.personas({ names: withExisting(parts, EnvironmentRole.TEAM_ADMINISTRATOR) }, 'Others');
    for (const persona of [dataScientist, teamAdministrator]) {
      expect([persona.switchRoleUrl, persona.assumeRoleCommand]).toEqual([undefined, undefined]);
    }
  });
});

test('a persona with more policies than a role takes is refused', () => {
  const parts = new Parts();
  const { dataScientist } = parts.personas();
  for (let index = 0; index < 1200; index++) dataScientist.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::some-bucket-${index}-of-another-department/*`] }));
  expect(() => parts.template).toThrow(/\[Stack\/Personas\/DataScientist\] policies must be at most 10, as many as IAM attaches to a role, got \d+/);
});

test('every policy fits at the largest number of stages', () => {
  const { template } = personas({ deploymentStages: Array.from({ length: 10 }, (_, index) => stage(`stage${index}`)), securityGroups: new Parts().groups(5) });
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::ManagedPolicy'))) expect(sizeOf(Properties.PolicyDocument)).toBeLessThanOrEqual(6_144);
});

/** Names of an environment to which a role of the company is given. */
function withExisting(parts: Parts, environmentRole: EnvironmentRole) {
  return parts.names('churn', { exceptions: [{ role: environmentRole, existingRole: Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`) }] });
}

function stage(name: string): DeploymentStage {
  return DeploymentStage.accounts(name, { accounts: ['333333333333'] });
}

function personas(props: Partial<PersonasProps> = {}): Parts {
  const parts = new Parts();
  parts.personas(props);
  return parts;
}

/** The trust of the first persona; all have the same. */
function trustOf(template: Template): unknown[] {
  const [{ Properties }, ...others] = Object.values(template.findResources('AWS::IAM::Role'));
  const { Statement } = Properties.AssumeRolePolicyDocument as { Statement: unknown[] };
  for (const other of others) expect((other.Properties.AssumeRolePolicyDocument as { Statement: unknown[] }).Statement).toEqual(Statement);
  return Statement;
}
