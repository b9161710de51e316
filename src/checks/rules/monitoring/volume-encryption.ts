import { MONITORING_TYPES, ofJob } from './job-definition';
import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const MONITORING_VOLUME_ENCRYPTION: Rule = {
  id: 'MonitoringVolumeEncryption',
  title: 'Volumes of monitoring jobs are encrypted with a key of one\'s own.',
  remedy: 'Give ClusterConfig a VolumeKmsKeyId.',
  severity: 'medium',
  types: MONITORING_TYPES,
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html',
  look: (job, template) => ofJob(job, template, ({ cluster }) => isOwnKey(job.at(`${cluster}.VolumeKmsKeyId`))),
};
