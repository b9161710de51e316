import { MONITORING_TYPES, ofJob } from './job-definition';
import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const MONITORING_OUTPUT_ENCRYPTION: Rule = {
  id: 'MonitoringOutputEncryption',
  title: 'Results of monitoring jobs are encrypted with a key of one\'s own.',
  remedy: 'Give the output configuration a KmsKeyId.',
  severity: 'medium',
  types: MONITORING_TYPES,
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringOutputConfig.html',
  look: (job, template) => ofJob(job, template, ({ output }) => isOwnKey(job.at(`${output}.KmsKeyId`))),
};
