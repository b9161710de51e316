import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const group = (properties: Record<string, unknown>) => one('AWS::SageMaker::FeatureGroup', properties);
const online = (properties: Record<string, unknown>) => group({ OnlineStoreConfig: { EnableOnlineStore: true, ...properties } });

export const FEATURES: RuleCases[] = [
  {
    rule: 'FeatureOfflineEncryption',
    complies: [group({}), group({ OfflineStoreConfig: { S3StorageConfig: { KmsKeyId: 'key' } } })],
    breaks: [[group({ OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://x' } } }), 'OfflineStoreConfig.S3StorageConfig.KmsKeyId is not given.']],
    unknown: [[group({ OfflineStoreConfig: GIVEN }), `OfflineStoreConfig.S3StorageConfig.KmsKeyId ${IS_GIVEN}.`]],
  },
  {
    rule: 'FeatureOnlineEncryption',
    complies: [group({}), online({ SecurityConfig: { KmsKeyId: 'key' } }), online({ StorageType: 'InMemory' }), online({ EnableOnlineStore: false })],
    breaks: [online({}), online({ EnableOnlineStore: 'True' })].map((store) => [store, 'OnlineStoreConfig.SecurityConfig.KmsKeyId is not given.']),
    unknown: [
      [online({ SecurityConfig: GIVEN }), `OnlineStoreConfig.SecurityConfig.KmsKeyId ${IS_GIVEN}.`],
      [online({ StorageType: GIVEN }), 'OnlineStoreConfig.SecurityConfig.KmsKeyId is not given.'],
    ],
  },
];
