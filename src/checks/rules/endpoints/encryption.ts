import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const ENDPOINT_ENCRYPTION: Rule = {
  id: 'EndpointEncryption',
  title: 'Volumes of endpoints are encrypted with a key of one\'s own.',
  remedy: 'Give the endpoint configuration a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::EndpointConfig'],
  configRules: ['sagemaker-endpoint-configuration-kms-key-configured'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html',
  look: (config) => isOwnKey(config.at('KmsKeyId')),
};
