/** A rule of our own in Guard, over resources as AWS Config records them. */
export interface GuardRule {
  /** Id of its construct. */
  readonly id: string;
  readonly description: string;
  readonly resourceType: string;
  /** In the language of Guard 2. @see https://docs.aws.amazon.com/cfn-guard/latest/ug/writing-rules.html */
  readonly policy: string;
}

const DOMAIN = 'AWS::SageMaker::Domain';
const rule = (name: string, ...conditions: string[]) => `rule ${name} when resourceType == "${DOMAIN}" {\n${conditions.map((condition) => `  ${condition}\n`).join('')}}\n`;

/**
 * What AWS Config has no managed rule for. Domains are recorded as CloudFormation writes them.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/sagemaker-domain-in-vpc.html, which reads `configuration.AppNetworkAccessType`
 */
export const GUARD_RULES: GuardRule[] = [
  {
    id: 'DomainEncryption',
    description: 'Studio\'s volumes and home directories are encrypted with a key of one\'s own',
    resourceType: DOMAIN,
    policy: rule('domain_has_key', 'configuration.KmsKeyId exists', 'configuration.KmsKeyId !empty'),
  },
  {
    id: 'DomainDocker',
    description: 'Studio does not let people run containers of any registry',
    resourceType: DOMAIN,
    policy: rule('domain_runs_no_docker', 'configuration.DomainSettings.DockerSettings.EnableDockerAccess not exists or\n  configuration.DomainSettings.DockerSettings.EnableDockerAccess != "ENABLED"'),
  },
  {
    id: 'DomainSharing',
    description: 'Studio shares no outputs of notebooks',
    resourceType: DOMAIN,
    policy: rule('domain_shares_nothing', 'configuration.DefaultUserSettings.SharingSettings.NotebookOutputOption not exists or\n  configuration.DefaultUserSettings.SharingSettings.NotebookOutputOption != "Allowed"'),
  },
  {
    id: 'DomainIdleShutdown',
    description: 'Applications of Studio that nobody uses are shut down',
    resourceType: DOMAIN,
    policy: rule('domain_stops_idle_applications', 'configuration.DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.LifecycleManagement == "ENABLED"'),
  },
];
