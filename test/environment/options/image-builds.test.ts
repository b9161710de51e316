import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SigningProfile } from 'aws-cdk-lib/aws-signer';
import { DataScienceEnvironment, DataScienceEnvironmentProps, ProjectBlueprint } from '../../../src';
import { testApp } from '../../test-app';

const ROLES = ['churn--image-build-eu-west-1', 'churn--image-release-eu-west-1'];

function environmentWith(blueprints: ProjectBlueprint[], props: Partial<DataScienceEnvironmentProps> = {}): Template {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props });
  blueprints.forEach((blueprint, index) => environment.addProjectTemplate(`Template${index}`, { blueprint }));
  return Template.fromStack(stack);
}

test('an environment that builds no images has neither the repository nor the roles', () => {
  const template = environmentWith([ProjectBlueprint.buildTrain()]);
  template.resourceCountIs('AWS::ECR::Repository', 0);
  for (const RoleName of ROLES) template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName }, 0);
});

describe('an environment whose released images are signed', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const imageSigningProfile = SigningProfile.fromSigningProfileAttributes(stack, 'Profile', { signingProfileName: 'churn_images', signingProfileVersion: 'version' });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', imageSigningProfile });
  environment.addProjectTemplate('Image', { blueprint: ProjectBlueprint.imageBuild() });
  const template = Template.fromStack(stack);
  const profile = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':signer:eu-west-1:111111111111:/signing-profiles/churn_images']] };

  test('lets the release sign with that profile alone, and see whether it is done', () => {
    for (const statement of [{ Action: 'signer:SignPayload', Resource: 'arn:aws:signer:eu-west-1:111111111111:/signing-profiles/churn_images' }, { Action: Match.arrayWith(['ecr:DescribeImageSigningStatus']) }]) {
      template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
        Roles: [{ Ref: Match.stringLikeRegexp('ImageReleaseRole') }], PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
      });
    }
  });

  test('tells the templates of projects which it is', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/projects/image-signing-profile-arn', Value: profile });
  });

  test('leaves the signing configuration of the registry to the account, which has one', () => {
    template.resourceCountIs('AWS::ECR::SigningConfiguration', 0);
  });
});

test('a profile that would sign nothing is refused', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const imageSigningProfile = SigningProfile.fromSigningProfileAttributes(stack, 'Profile', { signingProfileName: 'churn_images', signingProfileVersion: 'version' });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', imageSigningProfile });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  expect(() => Template.fromStack(stack)).toThrow(
    '[Stack/Churn] imageSigningProfile must be given with a project template that builds images, got Stack/Profile. '
    + 'Add one of ProjectBlueprint.imageBuild, or leave the profile out: nothing else is signed with it',
  );
});

describe('an environment that builds images', () => {
  const blueprints = [ProjectBlueprint.buildTrain(), ProjectBlueprint.imageBuild(), ProjectBlueprint.imageBuild()];
  const template = environmentWith(blueprints, { executionRoles: { imageAccounts: ['444444444444'] } });

  test.each([
    ['churn/images'], ['churn/released/images'],
  ])('has the repository %s once, encrypted, whose images are scanned and whose tags do not move, and which stays', (RepositoryName) => {
    template.resourcePropertiesCountIs('AWS::ECR::Repository', { RepositoryName }, 1);
    template.hasResource('AWS::ECR::Repository', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        RepositoryName,
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS' },
      },
    });
  });

  test('has each role once, and hands both to builds only', () => {
    for (const RoleName of ROLES) template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName }, 1);
    const passing = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Record<string, unknown>[])
      .filter(({ Action, Resource }) => Action === 'iam:PassRole' && /Image(Build|Release)Role/.test(JSON.stringify(Resource)));
    expect(passing).toEqual([expect.objectContaining({ Condition: { StringEquals: { 'iam:PassedToService': 'codebuild.amazonaws.com' } } })]);
  });

  test('builds upon images of the accounts that the environment names', () => {
    const resource = 'arn:aws:ecr:eu-west-1:444444444444:repository/*';
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Roles: [{ Ref: Match.stringLikeRegexp('ImageBuildRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: Match.arrayWith([resource]) })]) },
    });
  });
});
