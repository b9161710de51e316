import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const NOTEBOOK_ENCRYPTION: Rule = {
  id: 'NotebookEncryption',
  title: 'Volumes of notebook instances are encrypted with a key of one\'s own.',
  remedy: 'Give the instance a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::NotebookInstance'],
  controls: ['SageMaker.21'],
  configRules: ['sagemaker-notebook-instance-kms-key-configured'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html',
  look: (notebook) => isOwnKey(notebook.at('KmsKeyId')),
};
