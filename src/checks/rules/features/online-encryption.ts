import { Rule } from '../../core/rule';
import { COMPLIANT, isOwnKey, isOn, where } from '../../core/verdicts';

export const FEATURE_ONLINE_ENCRYPTION: Rule = {
  id: 'FeatureOnlineEncryption',
  title: 'Online stores of feature groups are encrypted with a key of one\'s own.',
  remedy: 'Give OnlineStoreConfig.SecurityConfig a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::FeatureGroup'],
  controls: ['SageMaker.18'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html',
  look: (group) => {
    if (group.at('OnlineStoreConfig').value === undefined) return COMPLIANT;
    const isStandard = isOn(group.at('OnlineStoreConfig.StorageType'), 'Standard', true);
    const isEnabled = isOn(group.at('OnlineStoreConfig.EnableOnlineStore'));
    return where(isEnabled, () => where(isStandard, () => isOwnKey(group.at('OnlineStoreConfig.SecurityConfig.KmsKeyId'))));
  },
};
