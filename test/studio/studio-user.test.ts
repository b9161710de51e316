import { Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { OwnParts } from './fixture';
import { StudioAuthMode } from '../../src/identity';
import { HomeFileSystem, SecureStudioDomain, StudioUser } from '../../src/studio';

const profile = 'AWS::SageMaker::UserProfile';

test('has a security group of its own, to which SageMaker adds the shared one of the domain\'s default settings', () => {
  const own = new OwnParts();
  own.domain().addUser('alice');
  own.template.hasResourceProperties(profile, { UserSettings: { SecurityGroups: [{ Ref: Match.stringLikeRegexp('Useralice') }] } });
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: { SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Workload'), 'GroupId'] }] },
  });
});

test('has groups of its own once, and a shared one that is named again not at all', () => {
  const own = new OwnParts();
  const domain = own.domain(), group = new SecurityGroup(own.stack, 'Extra', { vpc: own.vpc });
  domain.addUser('alice', { securityGroups: [group, group, ...domain.sharedSecurityGroups] });
  own.template.hasResourceProperties(profile, {
    UserSettings: { SecurityGroups: [{ Ref: Match.stringLikeRegexp('Useralice') }, { Ref: Match.stringLikeRegexp('Extra') }] },
  });
});

test('in another stack than the domain, it imports the attributes that the stack of the domain has always exported', () => {
  const own = new OwnParts();
  const other = new Stack(own.stack.node.scope, 'Other', { env: own.stack.env });
  new StudioUser(other, 'Alice', { domain: own.domain(), userName: 'alice' });
  const template = Template.fromStack(other);
  template.hasResourceProperties(profile, { DomainId: { 'Fn::ImportValue': Match.stringLikeRegexp('DomainId') } });
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [Match.objectLike({ DestinationSecurityGroupId: { 'Fn::ImportValue': Match.stringLikeRegexp('GroupId') } })],
  });
});

test('its group is open for Studio\'s ports within itself and for nothing else', () => {
  const own = new OwnParts();
  own.domain().addUser('alice');
  const within = { Ref: Match.stringLikeRegexp('Useralice') };
  own.template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  own.template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  own.template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 8192, ToPort: 65535, GroupId: within, SourceSecurityGroupId: within });
  // The way out leads to whoever works in Studio, and only the user's own group lets it in.
  own.template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'Studio ports of one user',
    SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 8192, ToPort: 65535, DestinationSecurityGroupId: { Ref: Match.stringLikeRegexp('Workload') }, Description: Match.anyValue() }],
  });
});

test('costs few resources: three a user, so that many users fit into one stack', () => {
  const resourcesWith = (users: string[]) => {
    const own = new OwnParts();
    const domain = own.domain();
    users.forEach((user) => domain.addUser(user));
    return Object.keys(own.template.toJSON().Resources as object).length;
  };
  expect(resourcesWith(['alice', 'bob']) - resourcesWith(['alice'])).toBe(3);
});

test('reaches its own applications where an imported domain shares no group', () => {
  const own = new OwnParts();
  const domain = SecureStudioDomain.fromDomainAttributes(own.stack, 'Elsewhere', { domainId: 'd-abcdefgh1234', vpc: own.vpc, sharedSecurityGroups: [] });
  new StudioUser(own.stack, 'Alice', { domain, userName: 'alice' });
  const within = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Alice'), 'GroupId'] };
  own.template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 8192, ToPort: 65535, GroupId: within, DestinationSecurityGroupId: within });
});

test('its group is the same with a home file system, to which SageMaker adds a group that leads there', () => {
  const groupsWith = (homeFileSystem: HomeFileSystem) => {
    const own = new OwnParts();
    own.domain({ homeFileSystem }).addUser('alice');
    return ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].map((type) => own.template.findResources(type));
  };
  expect(groupsWith(HomeFileSystem.retain())).toEqual(groupsWith(HomeFileSystem.none()));
});

test('runs as the domain\'s role, or as a role of its own', () => {
  const own = new OwnParts();
  const domain = own.domain();
  domain.addUser('alice');
  domain.addUser('bob', { executionRole: own.executionRole('Bobs') });
  own.template.hasResourceProperties(profile, { UserProfileName: 'alice', UserSettings: { ExecutionRole: Match.absent() } });
  own.template.hasResourceProperties(profile, { UserProfileName: 'bob', UserSettings: { ExecutionRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Bobs'), 'Arn'] } } });
});

test('keeps its tags whatever is tagged around it, because another tag may replace the profile', () => {
  const own = new OwnParts();
  const domain = own.domain();
  domain.addUser('alice');
  domain.addUser('bob', { tags: { team: 'churn' } });
  Tags.of(own.stack).add('owner', 'somebody');
  own.template.hasResourceProperties(profile, { UserProfileName: 'alice', Tags: Match.absent() });
  own.template.hasResourceProperties(profile, { UserProfileName: 'bob', Tags: [{ Key: 'team', Value: 'churn' }] });
});

test('is somebody in IAM Identity Center where people sign in with it', () => {
  const own = new OwnParts();
  const domain = own.domain({ authMode: StudioAuthMode.IDENTITY_CENTER });
  domain.addUser('alice');
  domain.addUser('bob', { singleSignOnUser: 'bob@example.com' });
  own.template.hasResourceProperties(profile, { UserProfileName: 'alice', SingleSignOnUserIdentifier: 'UserName', SingleSignOnUserValue: 'alice' });
  own.template.hasResourceProperties(profile, { UserProfileName: 'bob', SingleSignOnUserValue: 'bob@example.com' });
});

test('is opened by whom that is granted, and nobody else\'s profile with it', () => {
  const own = new OwnParts();
  own.domain().addUser('alice').grantOpenStudio(own.role);
  own.template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'sagemaker:CreatePresignedDomainUrl',
        Resource: { 'Fn::Join': ['', Match.arrayWith([':user-profile/', { 'Fn::GetAtt': [Match.stringLikeRegexp('^Studio'), 'DomainId'] }, '/alice'])] },
      }],
    },
  });
});

describe('is refused', () => {
  const refused = (name: string, rule: string) => {
    expect(() => new OwnParts().domain().addUser(name)).toThrow(rule);
  };

  test('with upper case in its name', () => refused('Alice',
    '[Stack/Studio/User-Alice] userName must be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "Alice". '
    + 'SageMaker ignores the case of profile names and IAM does not ignore it in their ARNs'));
  test('with a name that ends in a hyphen', () => refused('alice-', 'got "alice-"'));
  test('with a name of 64 characters', () => refused('a'.repeat(64), 'userName must be 1–63'));

  test('with another user\'s name', () => {
    const own = new OwnParts();
    const domain = own.domain();
    domain.addUser('alice');
    expect(() => new StudioUser(own.stack, 'Again', { domain, userName: 'alice' })).toThrow(
      '[Stack/Again] userName must differ from the name of the user Stack/Studio/User-alice, got "alice"');
  });

  test('with an Identity Center user in a domain that does not know any', () => {
    expect(() => new OwnParts().domain().addUser('alice', { singleSignOnUser: 'alice@example.com' })).toThrow(
      '[Stack/Studio/User-alice] singleSignOnUser must not be given for a domain with AuthMode IAM, got "alice@example.com". Only IAM Identity Center knows such users');
  });

  test.each([[HomeFileSystem.none(), 3, 4], [HomeFileSystem.retain(), 2, 3]])('with more security groups than a network interface has', (homeFileSystem, fits, tooMany) => {
    const add = (count: number) => {
      const own = new OwnParts();
      const securityGroups = [...Array(count).keys()].map((i) => new SecurityGroup(own.stack, `Group${i}`, { vpc: own.vpc }));
      own.domain({ homeFileSystem }).addUser('alice', { securityGroups });
    };
    expect(() => add(fits)).not.toThrow();
    expect(() => add(tooMany)).toThrow(`securityGroups must be at most ${fits + 1} together with the shared ones`);
  });
});
