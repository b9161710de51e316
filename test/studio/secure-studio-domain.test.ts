import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { FLAGGED, OwnParts } from './fixture';
import { StudioAuthMode } from '../../src/identity';
import { IdleShutdown, SecureStudioDomain, StudioApplication, StudioPackageIndex, StudioUser } from '../../src/studio';

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
  const own = new OwnParts(FLAGGED);
  own.domain({ removalPolicy: RemovalPolicy.DESTROY }).addUser('alice');
  own.template.resourceCountIs('AWS::SageMaker::App', 0);
});

test('stops idle applications after two hours, and lets people choose between an hour and a day', () => {
  const own = new OwnParts();
  own.domain();
  const idle = {
    AppLifecycleManagement: {
      IdleSettings: {
        LifecycleManagement: 'ENABLED', IdleTimeoutInMinutes: 120, MinIdleTimeoutInMinutes: 60, MaxIdleTimeoutInMinutes: 1440,
      },
    },
  };
  own.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultUserSettings: { JupyterLabAppSettings: idle, CodeEditorAppSettings: idle } });
});

test('leaves applications running where that is chosen', () => {
  const own = new OwnParts();
  own.domain({ idleShutdown: IdleShutdown.off() });
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: {
      JupyterLabAppSettings: {
        AppLifecycleManagement: {
          IdleSettings: { LifecycleManagement: 'DISABLED', IdleTimeoutInMinutes: Match.absent() },
        },
      },
    },
  });
});

test('hides Studio Classic and what else is no part of it', () => {
  const own = new OwnParts();
  own.domain({ applications: [StudioApplication.JUPYTER_LAB] });
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: {
      StudioWebPortalSettings: {
        HiddenAppTypes: ['JupyterServer', 'TensorBoard', 'RStudioServerPro', 'CodeEditor', 'DetailedProfiler', 'Canvas'],
      },
    },
  });
});

test('hides every instance type but those offered, and starts spaces on one of these', () => {
  const own = new OwnParts();
  own.domain({ instanceTypes: ['ml.m5.large', 'ml.g5.xlarge'] });
  const [domain] = Object.values(own.template.findResources('AWS::SageMaker::Domain'));
  const { StudioWebPortalSettings, JupyterLabAppSettings } = domain.Properties.DefaultUserSettings;
  expect(StudioWebPortalSettings.HiddenInstanceTypes).toContain('ml.t3.medium');
  expect(StudioWebPortalSettings.HiddenInstanceTypes).not.toContain('ml.m5.large');
  expect(JupyterLabAppSettings.DefaultResourceSpec).toEqual({ InstanceType: 'ml.m5.large' });
});

test('lives in the isolated subnets, and never in public ones', () => {
  const own = new OwnParts();
  own.domain();
  const [domain] = Object.values(own.template.findResources('AWS::SageMaker::Domain'));
  expect(domain.Properties.SubnetIds).toEqual(own.vpc.isolatedSubnets.map((subnet) => own.stack.resolve(subnet.subnetId)));
});

test('gives everybody the workload group that is given, and makes none', () => {
  const own = new OwnParts();
  const group = new SecurityGroup(own.stack, 'Workload', { vpc: own.vpc });
  const domain = own.domain({ workloadSecurityGroups: [group] });
  expect(domain.sharedSecurityGroups).toEqual([group]);
  own.template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
});

test('shares no spaces unless there is a role for them', () => {
  const [alone, shared] = [new OwnParts(), new OwnParts()];
  alone.domain();
  shared.domain({ sharedSpaceRole: shared.role });
  alone.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultSpaceSettings: Match.absent() });
  shared.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultSpaceSettings: { ExecutionRole: Match.anyValue() } });
});

test('is tagged as everything else', () => {
  const own = new OwnParts();
  Tags.of(own.domain()).add('owner', 'churn');
  own.template.hasResourceProperties('AWS::SageMaker::Domain', { Tags: Match.arrayWith([{ Key: 'owner', Value: 'churn' }]) });
});

test('isolates what other domains have made', () => {
  const own = new OwnParts();
  own.domain().isolateResources([own.role]);
  own.template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Role') }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Effect: 'Deny',
        Action: 'sagemaker:*',
        Condition: {
          Null: { 'aws:ResourceTag/sagemaker:domain-arn': 'false' },
          StringNotEquals: { 'aws:ResourceTag/sagemaker:domain-arn': { 'Fn::GetAtt': [Match.stringLikeRegexp('^Studio'), 'DomainArn'] } },
        },
      })]),
    },
  });
});

test('two domains live in one stack', () => {
  const own = new OwnParts();
  own.domain({}, 'One').addUser('alice');
  own.domain({}, 'Two').addUser('alice');
  const names = Object.values(own.template.findResources('AWS::SageMaker::Domain')).map((domain) => domain.Properties.DomainName);
  expect(new Set(names).size).toBe(2);
});

test('two synths are the same', () => {
  const synth = () => {
    const own = new OwnParts();
    own.domain({ pipIndex: StudioPackageIndex.codeArtifact({ domainName: 'd', repositoryName: 'r' }) }).addUser('alice');
    return JSON.stringify(own.template.toJSON());
  };
  expect(synth()).toBe(synth());
});

describe('what CloudFormation would replace', () => {
  const recorded = (settings: Record<string, unknown>) => ({ context: { '@cdk-secure-mlops/studio-domains': { 'Stack/Studio': settings } } });

  test('is shown in the template, to be recorded', () => {
    const own = new OwnParts();
    own.domain({ domainName: 'churn' });
    own.template.hasResource('AWS::SageMaker::Domain', { Metadata: { 'cdk-secure-mlops:fixed-settings': { DomainName: 'churn', AuthMode: 'IAM' } } });
  });

  test('is refused at synth where it was recorded', () => {
    const own = new OwnParts(recorded({ DomainName: 'churn', AuthMode: 'IAM' }));
    expect(() => own.domain({ domainName: 'churn', authMode: StudioAuthMode.IDENTITY_CENTER })).toThrow(
      '[Stack/Studio] AuthMode must stay "IAM", got "SSO". CloudFormation would replace the domain, with everybody\'s profiles and spaces. '
      + 'Make another SecureStudioDomain beside this one, move people over, then remove this one');
  });

  test('passes where nothing of it changed, intrinsic functions included', () => {
    const first = new OwnParts();
    first.domain();
    const [{ Metadata }] = Object.values(first.template.findResources('AWS::SageMaker::Domain'));
    expect(() => new OwnParts(recorded(Metadata['cdk-secure-mlops:fixed-settings'])).domain()).not.toThrow();
  });

  test('is told to the resource that is updated before the domain', () => {
    const own = new OwnParts();
    own.domain({ domainName: 'churn' });
    const [[remains]] = Object.entries(own.template.findResources('Custom::StudioDomainRemains', {
      Properties: { DomainName: 'churn', AuthMode: 'IAM', VpcId: Match.anyValue(), KmsKeyId: Match.anyValue() },
    }));
    own.template.hasResource('AWS::SageMaker::Domain', { DependsOn: Match.arrayWith([remains]) });
  });
});

test('a domain that was made elsewhere takes users, and no clean-up', () => {
  const own = new OwnParts();
  const group = new SecurityGroup(own.stack, 'Workload', { vpc: own.vpc });
  const domain = SecureStudioDomain.fromDomainAttributes(own.stack, 'Elsewhere', { domainId: 'd-abc123', vpc: own.vpc, sharedSecurityGroups: [group] });
  new StudioUser(own.stack, 'Alice', { domain, userName: 'alice' });
  own.template.hasResourceProperties('AWS::SageMaker::UserProfile', { DomainId: 'd-abc123', UserProfileName: 'alice' });
  own.template.resourceCountIs('Custom::StudioUserContents', 0);
});

describe('groups of IAM Identity Center', () => {
  const GROUP = '1234567890-12345678-1234-1234-1234-123456789012';

  test('sign in to a domain of theirs, where SageMaker makes a profile for each member', () => {
    const own = new OwnParts();
    own.domain({ authMode: StudioAuthMode.IDENTITY_CENTER }).assignGroup(GROUP);
    own.template.hasResourceProperties('AWS::SSO::ApplicationAssignment', {
      ApplicationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Studio'), 'SingleSignOnApplicationArn'] }, PrincipalType: 'GROUP', PrincipalId: GROUP,
    });
  });

  test('are refused where people sign in by IAM, and so is what is no id', () => {
    expect(() => new OwnParts().domain().assignGroup(GROUP)).toThrow('[Stack/Studio] authMode must be SSO where groups sign in, got "IAM"');
    expect(() => new OwnParts().domain({ authMode: StudioAuthMode.IDENTITY_CENTER }).assignGroup('people')).toThrow(
      '[Stack/Studio] groupId must be the id of a group of IAM Identity Center');
  });
});
