import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnManagedPolicy, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnAssignment } from 'aws-cdk-lib/aws-sso';
import { ACCOUNT, DOMAIN, Parts, REGION } from './parts';
import { mayBy, policiesOf, policiesOfPermissionSet, Question } from './weigh';
import { PersonaPermissionSet, SessionIdentity } from '../../src/identity';
import { EnvironmentRole } from '../../src/names';

const open = (user: string, given: Record<string, string>): Question => (
  { does: 'sagemaker:CreatePresignedDomainUrl', on: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:user-profile/${DOMAIN}/${user}`, given }
);
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890123456';

test('hold what the persona holds, later grants included', () => {
  const parts = new Parts();
  const { dataScientist } = parts.personas();
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  dataScientist.addToPolicy(new PolicyStatement({ sid: 'Later', actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  const name = (policy: string) => ({ Name: `churn--data-scientist-${REGION}-${policy}`, Path: '/' });
  parts.template.hasResourceProperties('AWS::SSO::PermissionSet', {
    Name: 'DataScientist',
    InstanceArn: INSTANCE,
    SessionDuration: 'PT8H',
    CustomerManagedPolicyReferences: Match.arrayWith([name('1')]),
    PermissionsBoundary: Match.absent(),
  });
  expect(new Set(policiesOfPermissionSet(parts.template))).toEqual(new Set(policiesOf(parts.template, 'PersonasDataScientist')));
  expect(JSON.stringify(policiesOfPermissionSet(parts.template))).toContain('"Later"');
});

test('are known to the account of the environment by the names of policies, which other environments do not give theirs', () => {
  const parts = new Parts(), { teamAdministrator } = parts.personas({ names: parts.names('churn', { path: '/people/' }) });
  const management = new Stack(parts.app, 'Management', { env: { account: '999999999999', region: 'eu-west-1' } });
  new PersonaPermissionSet(management, 'Set', { personaRole: teamAdministrator, instanceArn: INSTANCE, permissionSetName: 'TeamAdministrator' });
  const named = Object.values(parts.template.findResources('AWS::IAM::ManagedPolicy', { Properties: { ManagedPolicyName: Match.anyValue() } }));
  const references = named.map(({ Properties }) => ({ Name: Properties.ManagedPolicyName as string, Path: Properties.Path as string }));
  expect(references).not.toEqual([]);
  expect(references.every(({ Name, Path }) => Name.startsWith(`churn--team-administrator-${REGION}-`) && Path === '/people/')).toBe(true);
  expect(named.map(({ Properties }) => Properties.Description as string)).toEqual(named.map(() => '')); // which cannot be changed under the same name
  Template.fromStack(management).hasResourceProperties('AWS::SSO::PermissionSet', { CustomerManagedPolicyReferences: Match.anyValue() });
  const [set] = Object.values(Template.fromStack(management).findResources('AWS::SSO::PermissionSet'));
  expect(new Set(set.Properties.CustomerManagedPolicyReferences as object[])).toEqual(new Set(references));
  expect(management.dependencies).toEqual([parts.stack]);
});

test('of another stack ask for a region that is known', () => {
  const parts = new Parts({}), { dataScientist } = parts.personas();
  new PersonaPermissionSet(new Stack(parts.app, 'Management'), 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  expect(() => parts.app.synth()).toThrow('personaRole must be of a stack whose region is known');
});

test.each([
  ['of AWS\'s', 'arn:aws:iam::aws:policy/PowerUserAccess', { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
  ['of the company\'s', `arn:aws:iam::${ACCOUNT}:policy/company/people`, { CustomerManagedPolicyReference: { Name: 'people', Path: '/company/' } }],
  ['without a path', `arn:aws:iam::${ACCOUNT}:policy/people`, { CustomerManagedPolicyReference: { Name: 'people', Path: '/' } }],
])('have the permissions boundary of the role: one %s', (_, arn, expected) => {
  const parts = new Parts(), permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(parts.stack, 'Boundary', arn);
  const { dataScientist } = parts.personas({ names: parts.names('churn', { permissionsBoundary }) });
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  parts.template.hasResourceProperties('AWS::SSO::PermissionSet', { PermissionsBoundary: expected });
});

test('have the permissions boundary that the app makes', () => {
  const parts = new Parts(), permissionsBoundary = new ManagedPolicy(parts.stack, 'Boundary', { statements: [new PolicyStatement({ actions: ['*'], resources: ['*'] })] });
  const { dataScientist } = parts.personas({ names: parts.names('churn', { permissionsBoundary }) });
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  const { Name } = Object.values(parts.template.findResources('AWS::SSO::PermissionSet'))[0].Properties.PermissionsBoundary.CustomerManagedPolicyReference;
  expect(JSON.stringify(Name)).toContain(parts.stack.getLogicalId(permissionsBoundary.node.defaultChild as CfnManagedPolicy));
});

test('are of a group that a parameter names, in each account that is said', () => {
  const parts = new Parts(), { dataScientist } = parts.personas(), GROUP = '1234567890-12345678-1234-1234-1234-123456789012';
  const set = new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  const parameter = new CfnParameter(parts.stack, 'Group');
  set.assignToGroup(parameter.valueAsString);
  for (const account of ['333333333333', '444444444444', '444444444444']) set.assignToGroup(GROUP, account);
  const assigned = Object.values(parts.template.findResources('AWS::SSO::Assignment')).map(({ Properties: { PrincipalId, TargetId } }) => [PrincipalId, TargetId] as unknown[]);
  expect(assigned).toEqual(expect.arrayContaining([[{ Ref: 'Group' }, ACCOUNT], [GROUP, '333333333333'], [GROUP, '444444444444']]));
  expect(assigned).toHaveLength(3);
});

test('are assigned to groups in the account of the persona', () => {
  const parts = new Parts(), { dataScientist } = parts.personas(), GROUP = '1234567890-12345678-1234-1234-1234-123456789012';
  const set = new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  set.assignToGroup(GROUP);
  parts.template.hasResourceProperties('AWS::SSO::Assignment', {
    InstanceArn: INSTANCE,
    PermissionSetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Set'), 'PermissionSetArn'] },
    PrincipalType: 'GROUP',
    PrincipalId: GROUP,
    TargetType: 'AWS_ACCOUNT',
    TargetId: ACCOUNT,
  });
  expect(() => set.assignToGroup('data-scientists')).toThrow('[Stack/Set] groupId must be the id of a group of IAM Identity Center');
  const elsewhere = new Stack(parts.stack.node.root as App, 'Elsewhere', { env: { account: '999999999999', region: REGION } });
  const other = new PersonaPermissionSet(elsewhere, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  other.assignToGroup(GROUP, '333333333333');
  other.assignToGroup(GROUP.replace('1', '2'));
  const targets = other.node.children.filter((one): one is CfnAssignment => one instanceof CfnAssignment).map(({ targetId }) => targetId);
  expect(targets).toEqual(['333333333333', ACCOUNT]);
});

test('open the Studio of whom Identity Center names in the session, and nobody else\'s', async () => {
  const parts = new Parts(), { dataScientist } = parts.personas();
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  PersonaPermissionSet.passUserName(parts.stack, INSTANCE);
  parts.template.hasResourceProperties('AWS::SSO::InstanceAccessControlAttributeConfiguration', {
    InstanceArn: INSTANCE, AccessControlAttributes: [{ Key: 'StudioUser', Value: { Source: ['${path:userName}'] } }],
  });
  const policies = policiesOfPermissionSet(parts.template);
  const session = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_DataScientist_0123456789abcdef/alice@example.com`;
  const opens = (whose: string, given: Record<string, string>) => mayBy(policies, session, open(whose, given));
  expect(await opens('alice', { 'aws:PrincipalTag/StudioUser': 'alice' })).toBe(true);
  expect(await opens('bob', { 'aws:PrincipalTag/StudioUser': 'alice' })).toBe(false);
  expect(await opens('alice', {})).toBe(false);
});

test.each([
  [['ssoins-1'], 'instanceArn must be the ARN of an instance'],
  [[INSTANCE, 'Studio User'], 'tagName must be 1–128 letters, digits, dots, hyphens and underscores'],
  [[INSTANCE, 'StudioUser', 'userName'], 'source must be an attribute of IAM Identity Center, such as ${path:userName}, got "userName"'],
])('attributes are checked: %p', ([instance, tagName, source], message) => {
  expect(() => PersonaPermissionSet.passUserName(new Parts().stack, instance, tagName, source)).toThrow(message);
});

test('of personas that are named by a source identity are refused, for Identity Center sets none', () => {
  const parts = new Parts(), { dataScientist } = parts.personas({ sessionIdentity: SessionIdentity.sourceIdentity() });
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  expect(() => parts.template).toThrow('personaRole must be one whose sessions are named by a session tag');
});

test('of a role that exists already are inline, and refused where they do not fit', () => {
  const parts = new Parts();
  const exceptions = [{ role: EnvironmentRole.DATA_SCIENTIST, existingRole: Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`) }];
  const { dataScientist } = parts.personas({ names: parts.names('churn', { exceptions }) });
  new PersonaPermissionSet(parts.stack, 'Set', { personaRole: dataScientist, instanceArn: INSTANCE, permissionSetName: 'DataScientist' });
  for (let index = 0; index < 200; index++) dataScientist.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::some-bucket-${index}-of-another-department/*`] }));
  expect(() => parts.template).toThrow(/personaRole must have permissions of at most 10240 characters where the role exists already, got \d+/);
});

test('name and duration are checked', () => {
  const parts = new Parts();
  const { dataScientist } = parts.personas();
  expect(() => new PersonaPermissionSet(parts.stack, 'Set', {
    personaRole: dataScientist, instanceArn: 'ssoins-1234567890123456', permissionSetName: 'Data scientist', sessionDuration: Duration.hours(13),
  })).toThrow([
    '[Stack/Set] permissionSetName must be 1–32 letters, digits and +=,.@_-, got "Data scientist"',
    '[Stack/Set] instanceArn must be the ARN of an instance, which ends with instance/ssoins- and 16 letters or digits, got "ssoins-1234567890123456"',
    '[Stack/Set] sessionDuration must be between 60 and 720 whole minutes, got "13 hours"',
  ].join('\n'));
});
