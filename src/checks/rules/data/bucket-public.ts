import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const BUCKET_PUBLIC_ACCESS: Rule = {
  id: 'BucketPublicAccess',
  title: 'Buckets block public access.',
  remedy: 'Set all four of PublicAccessBlockConfiguration to true.',
  severity: 'high',
  types: ['AWS::S3::Bucket'],
  configRules: ['s3-bucket-level-public-access-prohibited'],
  page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  look: (bucket) => BLOCKS.flatMap((name) => is(bucket.at(`PublicAccessBlockConfiguration.${name}`), [true])),
};
