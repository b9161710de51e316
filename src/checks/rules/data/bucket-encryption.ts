import { Rule } from '../../core/rule';
import { is, isOwnKey } from '../../core/verdicts';

export const BUCKET_ENCRYPTION: Rule = {
  id: 'BucketEncryption',
  title: 'Buckets encrypt with a key of one\'s own.',
  remedy: 'Give BucketEncryption the algorithm aws:kms and a KMSMasterKeyID.',
  severity: 'medium',
  types: ['AWS::S3::Bucket'],
  configRules: ['s3-default-encryption-kms'],
  page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  look: (bucket) => {
    const rule = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
    const algorithm = is(bucket.at(`${rule}.SSEAlgorithm`), ['aws:kms', 'aws:kms:dsse'], 'AES256');
    return algorithm.length > 0 ? algorithm : isOwnKey(bucket.at(`${rule}.KMSMasterKeyID`));
  },
};
