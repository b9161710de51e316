import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { OwnParts } from './fixture';

test('is locked down without being told', () => {
  const own = new OwnParts();
  own.domain();
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    AppNetworkAccessType: 'VpcOnly',
    AuthMode: 'IAM',
    HomeEfsFileSystemCreation: 'Disabled',
    KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    TagPropagation: 'ENABLED',
    DomainSettings: { DockerSettings: { EnableDockerAccess: 'DISABLED' }, ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' },
    DefaultUserSettings: {
      StudioWebPortal: 'ENABLED',
      DefaultLandingUri: 'studio::',
      SharingSettings: { NotebookOutputOption: 'Disabled' },
    },
  });
});

test('makes no application, which AWS would refuse for Studio Classic', () => {
  const own = new OwnParts();
  own.domain({ removalPolicy: RemovalPolicy.DESTROY }).addUser('alice');
  own.template.resourceCountIs('AWS::SageMaker::App', 0);
});
