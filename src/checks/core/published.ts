/**
 * What AWS publishes of its controls and rules: nothing here is ours. What AWS maps to nothing stands without requirements.
 */

/** A control of Security Hub. */
export interface Control {
  /** The type of resource that it is about. */
  readonly type: string;
  /** The managed rule of AWS Config that it runs. */
  readonly configRule: string;
  /** "Related requirements" of its page: NIST 800-53 revision 5. */
  readonly nist?: readonly string[];
  /** The same: PCI DSS, with the version in front. */
  readonly pci?: readonly string[];
}

const NETWORK = ['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'];

/** Where the controls stand, and when they were read. */
export const CONTROLS_SOURCE = { page: 'https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html', date: '2026-11-30' };

export const CONTROLS: Readonly<Record<string, Control>> = {
  'SageMaker.1': {
    type: 'AWS::SageMaker::NotebookInstance',
    configRule: 'sagemaker-notebook-no-direct-internet-access',
    nist: NETWORK,
    pci: ['v3.2.1/1.2.1', 'v3.2.1/1.3.1', 'v3.2.1/1.3.2', 'v3.2.1/1.3.4', 'v3.2.1/1.3.6', 'v4.0.1/1.4.4'],
  },
  'SageMaker.2': { type: 'AWS::SageMaker::NotebookInstance', configRule: 'sagemaker-notebook-instance-inside-vpc', nist: NETWORK },
  'SageMaker.3': {
    type: 'AWS::SageMaker::NotebookInstance',
    configRule: 'sagemaker-notebook-instance-root-access-check',
    nist: ['AC-2(1)', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'AC-6(10)', 'AC-6(2)'],
  },
  'SageMaker.4': { type: 'AWS::SageMaker::EndpointConfig', configRule: 'sagemaker-endpoint-config-prod-instance-count', nist: ['CP-10', 'SC-5', 'SC-36', 'SA-13'] },
  'SageMaker.5': { type: 'AWS::SageMaker::Model', configRule: 'sagemaker-model-isolation-enabled' },
  'SageMaker.6': { type: 'AWS::SageMaker::AppImageConfig', configRule: 'sagemaker-app-image-config-tagged' },
  'SageMaker.7': { type: 'AWS::SageMaker::Image', configRule: 'sagemaker-image-tagged' },
  'SageMaker.8': { type: 'AWS::SageMaker::NotebookInstance', configRule: 'sagemaker-notebook-instance-platform-version' },
  'SageMaker.9': { type: 'AWS::SageMaker::DataQualityJobDefinition', configRule: 'sagemaker-data-quality-job-encrypt-in-transit' },
  'SageMaker.10': { type: 'AWS::SageMaker::ModelExplainabilityJobDefinition', configRule: 'sagemaker-model-explainability-job-encrypt-in-transit' },
  'SageMaker.11': { type: 'AWS::SageMaker::DataQualityJobDefinition', configRule: 'sagemaker-data-quality-job-isolation' },
  'SageMaker.12': { type: 'AWS::SageMaker::ModelBiasJobDefinition', configRule: 'sagemaker-model-bias-job-isolation' },
  'SageMaker.13': { type: 'AWS::SageMaker::ModelQualityJobDefinition', configRule: 'sagemaker-model-quality-job-encrypt-in-transit' },
  'SageMaker.14': { type: 'AWS::SageMaker::MonitoringSchedule', configRule: 'sagemaker-monitoring-schedule-isolation' },
  'SageMaker.15': { type: 'AWS::SageMaker::ModelBiasJobDefinition', configRule: 'sagemaker-model-bias-job-encrypt-in-transit' },
  'SageMaker.16': { type: 'AWS::SageMaker::Model', configRule: 'sagemaker-model-private-registry-required' },
  'SageMaker.17': { type: 'AWS::SageMaker::FeatureGroup', configRule: 'sagemaker-featuregroup-encryption-at-rest' },
  'SageMaker.18': {
    type: 'AWS::SageMaker::FeatureGroup',
    configRule: 'sagemaker-featuregroup-online-store-encryption',
    nist: ['AU-9', 'CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-12(2)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'],
  },
  'SageMaker.19': { type: 'AWS::SageMaker::Model', configRule: 'sagemaker-model-multicontainer-private-registry' },
  'SageMaker.20': { type: 'AWS::SageMaker::ModelExplainabilityJobDefinition', configRule: 'sagemaker-model-explainability-job-network-isolation' },
  'SageMaker.21': { type: 'AWS::SageMaker::NotebookInstance', configRule: 'sagemaker-notebook-instance-storage-vol-kms-encrypted' },
  'SageMaker.22': { type: 'AWS::SageMaker::MonitoringSchedule', configRule: 'sagemaker-monitoring-schedule-traffic-encryption' },
  'SageMaker.23': { type: 'AWS::SageMaker::InferenceExperiment', configRule: 'sagemaker-inf-experiment-instance-storage-kms-encrypted' },
  'SageMaker.24': { type: 'AWS::SageMaker::InferenceExperiment', configRule: 'sagemaker-inf-experiment-data-storage-kms-encrypted' },
  'SageMaker.25': { type: 'AWS::SageMaker::ModelQualityJobDefinition', configRule: 'sagemaker-model-quality-job-definition-isolation' },
};

/** Conformance packs of AWS Config: which of the managed rules that our rules name each of them has. AWS names no requirement in them. */
export const PACKS_SOURCE = { page: 'https://github.com/awslabs/aws-config-rules/tree/b54d4a6c99e105c25ca46af9305770e4ba51c422/aws-config-conformance-packs', date: '2026-04-09' };

const IN_ALL = [
  'sagemaker-endpoint-configuration-kms-key-configured', 'sagemaker-notebook-instance-kms-key-configured', 'sagemaker-notebook-no-direct-internet-access',
  's3-bucket-ssl-requests-only', 's3-default-encryption-kms',
];
const IN_MOST = [...IN_ALL, 's3-bucket-level-public-access-prohibited'];

export const PACKS: Readonly<Record<string, readonly string[]>> = {
  'Operational Best Practices for HIPAA Security': IN_ALL,
  'Operational Best Practices for NIST 800-53 Rev5': [...IN_MOST, 'cmk-backing-key-rotation-enabled'],
  'Operational Best Practices for PCI DSS 3.2.1': [...IN_MOST, 'cmk-backing-key-rotation-enabled'],
  'Amazon Sagemaker AI Security and Governance best practices': [
    ...IN_MOST, 'sagemaker-app-image-config-tagged', 'sagemaker-domain-in-vpc', 'sagemaker-endpoint-config-prod-instance-count', 'sagemaker-image-tagged',
    'sagemaker-model-in-vpc', 'sagemaker-model-isolation-enabled', 'sagemaker-notebook-instance-inside-vpc', 'sagemaker-notebook-instance-platform-version',
    'sagemaker-notebook-instance-root-access-check',
  ],
};
