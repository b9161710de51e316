import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const DOMAIN_ENCRYPTION: Rule = {
  id: 'DomainEncryption',
  title: 'Studio\'s volumes and home directories are encrypted with a key of one\'s own.',
  remedy: 'Give the domain a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::Domain'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-studio.html',
  look: (domain) => isOwnKey(domain.at('KmsKeyId')),
};
