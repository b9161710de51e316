import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const domain = (properties: Record<string, unknown>) => one('AWS::SageMaker::Domain', properties);
const profile = (settings: unknown) => one('AWS::SageMaker::UserProfile', { UserSettings: settings });
const sharing = (option: unknown) => ({ SharingSettings: { NotebookOutputOption: option } });
const ending = (management: unknown) => ({ AppLifecycleManagement: { IdleSettings: { LifecycleManagement: management } } });
const idle = (management: unknown) => ({ JupyterLabAppSettings: ending(management), CodeEditorAppSettings: ending(management) });
const IDLE = ['JupyterLabAppSettings', 'CodeEditorAppSettings'].map((name) => `DefaultUserSettings.${name}.AppLifecycleManagement.IdleSettings.LifecycleManagement`);
const docker = (settings: Record<string, unknown>) => domain({ DomainSettings: { DockerSettings: settings } });
const app = (type: unknown) => one('AWS::SageMaker::App', { AppType: type });

export const STUDIO: RuleCases[] = [
  {
    rule: 'DomainVpcOnly',
    complies: [domain({ AppNetworkAccessType: 'VpcOnly' })],
    breaks: [[domain({}), 'AppNetworkAccessType is not given, and is then PublicInternetOnly.']],
    unknown: [[domain({ AppNetworkAccessType: GIVEN }), `AppNetworkAccessType ${IS_GIVEN}.`]],
  },
  {
    rule: 'DomainEncryption',
    complies: [domain({ KmsKeyId: 'alias/ml' })],
    breaks: [[domain({}), 'KmsKeyId is not given.']],
    unknown: [[domain({ KmsKeyId: GIVEN }), `KmsKeyId ${IS_GIVEN}.`]],
  },
  {
    rule: 'DomainSessionIdentity',
    complies: [domain({ DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' } })],
    breaks: [[domain({}), 'DomainSettings.ExecutionRoleIdentityConfig is not given, and is then DISABLED.']],
    unknown: [[domain({ DomainSettings: GIVEN }), `DomainSettings.ExecutionRoleIdentityConfig ${IS_GIVEN}.`]],
  },
  {
    rule: 'DomainDocker',
    complies: [domain({}), domain({ AppNetworkAccessType: 'VpcOnly', DomainSettings: { DockerSettings: { EnableDockerAccess: 'ENABLED', VpcOnlyTrustedAccounts: ['111111111111'] } } })],
    breaks: [
      [docker({ EnableDockerAccess: 'ENABLED' }), 'DomainSettings.DockerSettings.VpcOnlyTrustedAccounts is not given.'],
      [docker({ EnableDockerAccess: 'ENABLED', VpcOnlyTrustedAccounts: ['111111111111'] }), 'AppNetworkAccessType is not given, and is then PublicInternetOnly.'],
    ],
    unknown: [[docker({ EnableDockerAccess: GIVEN }), 'DomainSettings.DockerSettings.VpcOnlyTrustedAccounts is not given.']],
  },
  {
    rule: 'StudioSharing',
    complies: [domain({}), domain({ DefaultUserSettings: sharing('Disabled') })],
    breaks: [
      [domain({ DefaultUserSettings: sharing('Allowed') }), 'DefaultUserSettings.SharingSettings.NotebookOutputOption is Allowed.'],
      [profile(sharing('Allowed')), 'UserSettings.SharingSettings.NotebookOutputOption is Allowed.'],
    ],
    unknown: [[profile(GIVEN), `UserSettings.SharingSettings.NotebookOutputOption ${IS_GIVEN}.`]],
  },
  {
    rule: 'StudioIdleShutdown',
    complies: [domain({ DefaultUserSettings: idle('ENABLED') }), domain({ DefaultUserSettings: idle('ENABLED'), DefaultSpaceSettings: idle('ENABLED') })],
    breaks: [
      [domain({}), ...IDLE.map((path) => `${path} is not given, and is then DISABLED.`)],
      [
        domain({ DefaultUserSettings: idle('ENABLED'), DefaultSpaceSettings: { ExecutionRole: 'role' } }),
        'DefaultSpaceSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.LifecycleManagement is not given, and is then DISABLED.',
      ],
    ],
    unknown: [[domain({ DefaultUserSettings: idle(GIVEN) }), ...IDLE.map((path) => `${path} ${IS_GIVEN}.`)]],
  },
  {
    rule: 'StudioClassic',
    complies: [app('JupyterLab'), domain({ DefaultUserSettings: { DefaultLandingUri: 'studio::' } })],
    breaks: [
      [app('JupyterServer'), 'AppType is JupyterServer.'],
      [app('KernelGateway'), 'AppType is KernelGateway.'],
      [one('AWS::SageMaker::Space', { SpaceSettings: { AppType: 'KernelGateway' } }), 'SpaceSettings.AppType is KernelGateway.'],
      [profile({ DefaultLandingUri: 'app:JupyterServer:' }), 'UserSettings.DefaultLandingUri is app:JupyterServer:.'],
    ],
    unknown: [[app(GIVEN), `AppType ${IS_GIVEN}.`]],
  },
  ...[['AppImageConfigTags', 'AWS::SageMaker::AppImageConfig'], ['ImageTags', 'AWS::SageMaker::Image']].map(([rule, type]): RuleCases => ({
    rule,
    complies: [one(type, { Tags: [{ Key: 'Owner', Value: 'team' }] })],
    breaks: [[one(type, {}), 'Tags is not given.'], [one(type, { Tags: [] }), 'Tags is not given.']],
    unknown: [[one(type, { Tags: GIVEN }), `Tags ${IS_GIVEN}.`]],
  })),
  {
    rule: 'ClusterInVpc',
    complies: [one('AWS::SageMaker::Cluster', { VpcConfig: { Subnets: ['subnet-1'] } })],
    breaks: [[one('AWS::SageMaker::Cluster', {}), 'VpcConfig.Subnets is not given.']],
    unknown: [[one('AWS::SageMaker::Cluster', { VpcConfig: GIVEN }), `VpcConfig.Subnets ${IS_GIVEN}.`]],
  },
];
