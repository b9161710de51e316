import { statSync } from 'fs';
import { join } from 'path';
import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpointAwsService, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { FLAGGED, OwnParts } from './fixture';
import { EnvironmentNames } from '../../src/names';
import { HomeFileSystem, SecureStudioDomainProps, StudioUser } from '../../src/studio';

/** Everything that a resource goes before, directly or not. */
function goesBefore(template: Template, logicalId: string, seen = new Set<string>()): Set<string> {
  const resources = template.toJSON().Resources as Record<string, unknown>;
  const text = JSON.stringify(resources[logicalId]);
  for (const other of Object.keys(resources)) {
    if (seen.has(other) || other === logicalId || !text.includes(`"${other}"`)) continue;
    seen.add(other);
    goesBefore(template, other, seen);
  }
  return seen;
}
const idOf = (template: Template, type: string) => Object.keys(template.findResources(type))[0];

test('deletion goes from what a user has over profile, domain\'s contents and domain to what is left behind', () => {
  const own = new OwnParts(FLAGGED);
  own.domain().addUser('alice');
  const { template } = own;
  const order = ['Custom::StudioUserContents', 'AWS::SageMaker::UserProfile', 'Custom::StudioDomainContents', 'AWS::SageMaker::Domain',
    'Custom::StudioDomainRemains', 'AWS::Lambda::Function'].map((type) => idOf(template, type));
  order.slice(1).forEach((later, i) => expect(goesBefore(template, order[i])).toContain(later));
  order.slice(1).forEach((later, i) => expect(goesBefore(template, later)).not.toContain(order[i]));
});

test('permissions to empty the domain outlive the emptying', () => {
  const own = new OwnParts(FLAGGED);
  own.domain({ removalPolicy: RemovalPolicy.DESTROY });
  const policies = own.template.findResources('AWS::IAM::ManagedPolicy');
  const before = goesBefore(own.template, idOf(own.template, 'Custom::StudioDomainContents'));
  expect(Object.keys(policies)).toHaveLength(2);
  for (const policy of Object.keys(policies)) expect(before).toContain(policy);
});

/** What the clean-up may do under each combination of removal policy and home file system. */
const actionsWith = (props: Partial<SecureStudioDomainProps>): string[] => {
  const own = new OwnParts(FLAGGED);
  own.domain(props);
  return Object.values(own.template.findResources('AWS::IAM::ManagedPolicy'))
    .flatMap((policy) => policy.Properties.PolicyDocument.Statement as { Action: string | string[] }[])
    .flatMap(({ Action }) => Action)
    .filter((action) => /DeleteApp|DeleteSpace|DeleteUserProfile|DeleteFileSystem|DeleteMountTarget|DeleteSecurityGroup/.test(action))
    .sort();
};
const ALWAYS = ['ec2:DeleteSecurityGroup', 'elasticfilesystem:DeleteMountTarget'];
const CONTENTS = ['sagemaker:DeleteApp', 'sagemaker:DeleteSpace', 'sagemaker:DeleteUserProfile'];

test.each([
  ['RETAIN and none()', {}, ALWAYS],
  ['RETAIN and retain()', { homeFileSystem: HomeFileSystem.retain() }, ALWAYS],
  ['DESTROY and none()', { removalPolicy: RemovalPolicy.DESTROY }, [...ALWAYS, ...CONTENTS]],
  ['DESTROY and retain()', { removalPolicy: RemovalPolicy.DESTROY, homeFileSystem: HomeFileSystem.retain() }, [...ALWAYS, ...CONTENTS]],
  ['DESTROY and destroy()', { removalPolicy: RemovalPolicy.DESTROY, homeFileSystem: HomeFileSystem.destroy() },
    [ALWAYS[0], 'elasticfilesystem:DeleteFileSystem', ALWAYS[1], ...CONTENTS]],
])('with %s it may delete no more than that', (_, props, actions) => {
  expect(actionsWith(props)).toEqual(actions);
});

test('people\'s work cannot be retained and destroyed at once', () => {
  expect(() => new OwnParts(FLAGGED).domain({ homeFileSystem: HomeFileSystem.destroy() })).toThrow(
    '[Stack/Studio] homeFileSystem must be none() or retain() unless removalPolicy is DESTROY, got "HomeFileSystem.destroy()". '
    + 'People\'s work cannot be retained and destroyed at once');
});

test('the domain itself goes when it is empty, whatever the removal policy', () => {
  const [kept, destroyed] = [new OwnParts(FLAGGED), new OwnParts(FLAGGED)];
  kept.domain();
  destroyed.domain({ removalPolicy: RemovalPolicy.DESTROY });
  kept.template.hasResource('AWS::SageMaker::Domain', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' });
  destroyed.template.hasResource('AWS::SageMaker::Domain', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test('a home file system is recorded, and asked for only where there is one', () => {
  const [without, withOne] = [new OwnParts(FLAGGED), new OwnParts(FLAGGED)];
  without.domain();
  const domain = withOne.domain({ homeFileSystem: HomeFileSystem.retain() });
  expect(withOne.stack.resolve(domain.homeFileSystemId)).toEqual({ 'Fn::GetAtt': [expect.stringMatching('^Studio'), 'HomeEfsFileSystemId'] });
  withOne.template.hasResourceProperties('AWS::SageMaker::Domain', { HomeEfsFileSystemCreation: 'Enabled', DefaultUserSettings: { AutoMountHomeEFS: 'Enabled' } });
  withOne.template.hasResourceProperties('Custom::StudioDomainContents', { FileSystemId: { 'Fn::GetAtt': Match.anyValue() } });
  without.template.hasResourceProperties('Custom::StudioDomainContents', { FileSystemId: Match.absent() });
});

test('deletes only what SageMaker made, in this VPC', () => {
  const own = new OwnParts(FLAGGED);
  own.domain({ homeFileSystem: HomeFileSystem.destroy(), removalPolicy: RemovalPolicy.DESTROY });
  const domains = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':domain/*']] };
  own.template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['elasticfilesystem:DeleteMountTarget', 'elasticfilesystem:DeleteFileSystem'],
          Condition: { StringLike: { 'aws:ResourceTag/ManagedByAmazonSageMakerResource': domains } },
        }),
        Match.objectLike({ Action: Match.arrayWith(['ec2:DeleteSecurityGroup']), Condition: { ArnLike: { 'ec2:Vpc': Match.anyValue() } } }),
      ]),
    },
  });
});

test('in an environment its role and its parameter have the environment\'s names', () => {
  const own = new OwnParts({ env: { account: '111111111111', region: 'eu-west-1' } });
  own.domain({ names: EnvironmentNames.forStack(own.stack, 'churn') });
  own.template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'churn--studio-clean-up-eu-west-1' });
  own.template.hasResourceProperties('Custom::StudioDomainRemains', { Record: '/secure-mlops/churn/studio/clean-up' });
});

test('its role takes a path and a permissions boundary, and so do its policies', () => {
  const own = new OwnParts(FLAGGED);
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(own.stack, 'Boundary', 'boundary');
  own.domain({ roleOptions: { path: '/ml/', permissionsBoundary } }).isolateResources([own.role]);
  own.template.hasResourceProperties('AWS::IAM::Role', { Path: '/ml/', PermissionsBoundary: Match.anyValue() });
  own.template.allResourcesProperties('AWS::IAM::ManagedPolicy', { Path: '/ml/' });
});

test('runs outside of any VPC; inside, what it calls through outlives it', () => {
  const [outside, inside] = [new OwnParts(FLAGGED), new OwnParts(FLAGGED)];
  outside.domain();
  outside.template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: Match.absent() });
  const endpoint = inside.vpc.addInterfaceEndpoint('Ssm', { service: InterfaceVpcEndpointAwsService.SSM });
  const group = new SecurityGroup(inside.stack, 'Group', { vpc: inside.vpc });
  inside.domain({ cleanUp: { securityGroups: [group], dependencies: [endpoint] } });
  inside.template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: Match.anyValue() } });
  const handler = idOf(inside.template, 'AWS::Lambda::Function');
  expect(goesBefore(inside.template, handler)).toContain(idOf(inside.template, 'AWS::EC2::VPCEndpoint'));
  expect(goesBefore(inside.template, idOf(inside.template, 'Custom::StudioDomainRemains'))).toContain(idOf(inside.template, 'AWS::EC2::VPCEndpoint'));
});

test('a function inside the VPC names its security groups and what it calls through', () => {
  const own = new OwnParts(FLAGGED);
  const group = new SecurityGroup(own.stack, 'Group', { vpc: own.vpc });
  expect(() => own.domain({ cleanUp: { subnets: own.vpc.isolatedSubnets } })).toThrow('cleanUp.subnets must be given together with cleanUp.securityGroups, got [');
  expect(() => own.domain({ cleanUp: { securityGroups: [group] } }, 'Other')).toThrow('cleanUp.securityGroups must be given together with cleanUp.dependencies, got ["Stack/Group"]');
});

test('what users have is one resource, with all of them, and one list of what waits for it', () => {
  const own = new OwnParts(FLAGGED), domain = own.domain();
  domain.addUser('alice');
  domain.addUser('bob');
  const [[, { Properties, DependsOn }]] = Object.entries(own.template.findResources('Custom::StudioUserContents'));
  expect(Properties).toMatchObject({ UserProfileNames: ['alice', 'bob'], RemovalPolicy: 'retain' });
  expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(own.template.findResources('AWS::SageMaker::UserProfile'))));
});

test('a user in another stack is cleaned up there, before that stack lets the profile go', () => {
  const own = new OwnParts(FLAGGED);
  const domain = own.domain();
  const other = new Stack(own.app, 'Other');
  new StudioUser(other, 'Bob', { domain, userName: 'bob' });
  const template = Template.fromStack(other);
  template.hasResourceProperties('Custom::StudioUserContents', { UserProfileNames: ['bob'] });
  own.template.resourceCountIs('Custom::StudioUserContents', 0);
  template.hasResourceProperties('AWS::SageMaker::UserProfile', { UserProfileName: 'bob' });
});

test('CloudFormation waits for an answer no longer than the function can take for it', () => {
  const own = new OwnParts(FLAGGED);
  own.domain().addUser('alice');
  own.template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
  for (const what of ['StudioDomainRemains', 'StudioDomainContents', 'StudioUserContents']) own.template.hasResourceProperties(`Custom::${what}`, { ServiceTimeout: '900' });
});

test('the inlined handler stays within its budget', () => {
  expect(statSync(join(__dirname, '..', '..', 'assets', 'handlers', 'studio-clean-up.js')).size).toBeLessThan(16_000);
});

test('everybody who has a profile is named, so that nobody is removed with their work', () => {
  const own = new OwnParts();
  own.domain().addUser('alice');
  own.template.hasResourceProperties('Custom::StudioDomainContents', { UserProfileNames: ['alice'] });
});

test('a user of another stack is named there, if the name is known', () => {
  const own = new OwnParts(), domain = own.domain(), other = new Stack(own.app, 'Other');
  new StudioUser(other, 'Bob', { domain, userName: 'bob' });
  new StudioUser(other, 'Somebody', { domain, userName: new CfnParameter(other, 'Name').valueAsString });
  own.template.hasResourceProperties('Custom::StudioDomainContents', { UserProfileNames: ['bob'] });
});
