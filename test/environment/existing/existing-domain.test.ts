import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentNetwork, Persona, SecureStudioDomain, StudioAuthMode } from '../../../src';
import { testApp } from '../../test-app';

const ENV = { account: '111111111111', region: 'eu-west-1' };

/** An environment of a domain that exists already, in the VPC that exists already. */
function churn(of: {
  vpcId?: string; group?: string; authMode?: StudioAuthMode; props?: Partial<DataScienceEnvironmentProps>; twice?: boolean;
} = {}) {
  const stack = new Stack(testApp(), 'Stack', { env: ENV });
  const vpcOf = (id: string, vpcId: string) => Vpc.fromVpcAttributes(stack, id, {
    vpcId, availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'], isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const people = SecurityGroup.fromSecurityGroupId(stack, 'People', 'sg-0123456789abcdef0', { mutable: false });
  const existingDomain = SecureStudioDomain.fromDomainAttributes(stack, 'Existing', {
    domainId: 'd-abcdefgh1234',
    vpc: vpcOf('OfDomain', of.vpcId ?? 'vpc-1'),
    sharedSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'OfDomainToo', of.group ?? 'sg-0123456789abcdef0', { mutable: false })],
    authMode: of.authMode,
  });
  const network = EnvironmentNetwork.fromVpc(stack, 'Network', { vpc: vpcOf('Vpc', 'vpc-1'), studioSecurityGroup: people });
  const made = (id: string, environmentName: string) => new DataScienceEnvironment(stack, id, {
    environmentName,
    network,
    ...of.props,
    studio: { existingDomain, ...of.props?.studio },
  });
  const environment = made('Churn', 'churn');
  if (of.twice) made('Other', 'other');
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  return { stack, environment, template: () => Template.fromStack(stack) };
}

describe('a Studio domain that exists already', () => {
  const given = churn(), template = given.template();

  test('is in the place of a new one and of what would clean that up', () => {
    template.resourceCountIs('AWS::SageMaker::Domain', 0);
    template.resourceCountIs('Custom::StudioDomainContents', 0);
    template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: 'churn--studio-clean-up-eu-west-1' }, 0);
  });

  test('is what parameters and policies name', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/studio/domain-id', Value: 'd-abcdefgh1234' });
    expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain(':domain/d-abcdefgh1234');
    template.hasOutput('*', { Value: 'd-abcdefgh1234' });
  });

  test('has users whose profiles have the settings that a new domain would have', () => {
    const [own] = Object.values(Template.fromStack(ofItsOwn()).findResources('AWS::SageMaker::Domain'));
    const { ExecutionRole, SecurityGroups, ...settings } = (own.Properties as { DefaultUserSettings: Record<string, object> }).DefaultUserSettings;
    expect([ExecutionRole, SecurityGroups]).toEqual([expect.anything(), expect.anything()]);
    const [profile] = Object.values(template.findResources('AWS::SageMaker::UserProfile'));
    const { UserSettings } = profile.Properties as { UserSettings: Record<string, object> };
    expect(Object.keys(UserSettings).sort()).toEqual([...Object.keys(settings), 'ExecutionRole', 'SecurityGroups'].sort());
    expect(UserSettings.JupyterLabAppSettings).toMatchObject({ AppLifecycleManagement: { IdleSettings: { LifecycleManagement: 'ENABLED', IdleTimeoutInMinutes: 120 } } });
  });

  test('must be what its owner is told, and what preflight is told', () => {
    const required = {
      AuthMode: 'IAM',
      VpcId: 'vpc-1',
      KmsKeyId: Match.anyValue(),
      SubnetIds: ['subnet-1', 'subnet-2'],
      AppNetworkAccessType: 'VpcOnly',
      TagPropagation: 'ENABLED',
      DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME', DockerSettings: { EnableDockerAccess: 'DISABLED' } },
      DefaultUserSettings: { ExecutionRole: Match.anyValue(), SecurityGroups: ['sg-0123456789abcdef0'] },
    };
    const { KmsKeyId, DefaultUserSettings, ...known } = required;
    expect(KmsKeyId).toBeDefined();
    const ExecutionRole = given.stack.resolve(given.environment.executionRoles.studioRole.role.roleArn) as object;
    expect(given.stack.resolve(given.environment.studio.requiredDomainSettings())).toMatchObject({
      ...known, DefaultUserSettings: { ...DefaultUserSettings, ExecutionRole },
    });
    template.hasResource('AWS::SSM::Parameter', {
      Metadata: { 'cdk-secure-mlops:given': [Match.objectLike({ Type: 'AWS::SageMaker::Domain', DomainId: 'd-abcdefgh1234', Required: required })] },
    });
    Annotations.fromStack(given.stack).hasInfo('/Stack/Churn/Studio', Match.stringLikeRegexp('requiredDomainSettings\\(\\) says what its owner must set'));
  });

  test('is nothing whose properties this app could change', () => {
    expect(() => given.environment.studio.domain).toThrow('[Stack/Churn/Studio] domain must be one that is made here, got "d-abcdefgh1234"');
  });
});

test('of an AuthMode of its own is signed in to as that says', () => {
  const { environment, template } = churn({ authMode: StudioAuthMode.IDENTITY_CENTER });
  expect(environment.studio.authMode).toBe(StudioAuthMode.IDENTITY_CENTER);
  template().hasResourceProperties('AWS::SageMaker::UserProfile', { SingleSignOnUserIdentifier: 'UserName', SingleSignOnUserValue: 'alice' });
  template().hasOutput('*', { Value: 'https://d-abcdefgh1234.studio.eu-west-1.sagemaker.aws' });
});

test.each<[string, Parameters<typeof churn>[0], string]>([
  ['in another VPC', { vpcId: 'vpc-2' }, '[Stack/Churn/Studio] existingDomain must be in the VPC vpc-1, got "vpc-2"'],
  ['without the security group of people', { group: 'sg-0123456789abcdef9' }, '[Stack/Churn/Studio] existingDomain must have the security group of people in its default settings'],
  ['with another AuthMode', { props: { studio: { authMode: StudioAuthMode.IDENTITY_CENTER } } }, '[Stack/Churn/Studio] authMode must be IAM, as that of the existing domain, got "SSO"'],
  ['beside a name', { props: { studio: { domainName: 'churn' } } }, '[Stack/Churn/Studio] existingDomain must not be given together with domainName'],
  ['of another environment', { twice: true }, '[Stack/Other/Studio] existingDomain must be another than that of Stack/Churn/Studio, got "d-abcdefgh1234"'],
])('a domain %s is refused', (_, of, message) => {
  expect(() => churn(of)).toThrow(message);
});

test('members from a form are refused in it: nothing cleans up when they go', () => {
  expect(() => churn().environment.addMemberProduct()).toThrow('[Stack/Churn] studio.existingDomain must not be given for members from a form, '
    + 'got "d-abcdefgh1234". Nothing cleans up in it when they go: add its users by addUser');
});

function ofItsOwn(): Stack {
  const stack = new Stack(testApp(), 'Own', { env: ENV });
  new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  return stack;
}
