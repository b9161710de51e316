import { Rule } from '../../core/rule';
import { COMPLIANT, isOwnKey } from '../../core/verdicts';

export const FEATURE_OFFLINE_ENCRYPTION: Rule = {
  id: 'FeatureOfflineEncryption',
  title: 'Offline stores of feature groups are encrypted with a key of one\'s own.',
  remedy: 'Give OfflineStoreConfig.S3StorageConfig a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::FeatureGroup'],
  controls: ['SageMaker.17'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html',
  look: (group) => (
    group.at('OfflineStoreConfig').value === undefined ? COMPLIANT : isOwnKey(group.at('OfflineStoreConfig.S3StorageConfig.KmsKeyId'))
  ),
};
