import { isDenial, statementsAt } from './bucket-policy';
import { Rule } from '../../core/rule';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

export const BUCKET_TLS: Rule = {
  id: 'BucketTls',
  title: 'Buckets refuse requests that are not encrypted on their way.',
  remedy: 'Deny everybody, where aws:SecureTransport is false.',
  severity: 'medium',
  types: ['AWS::S3::Bucket'],
  configRules: ['s3-bucket-ssl-requests-only'],
  page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  look: (bucket, template) => {
    const statements = statementsAt(bucket, template);
    if (statements === undefined) return unknown('', 'A policy of the bucket is only known to the deployment.');
    const values = statements.filter(isDenial).flatMap(({ conditions }) => conditions).filter(({ key }) => key === 'aws:securetransport').flatMap((one) => one.values);
    if (values.map(String).includes('false')) return COMPLIANT;
    const isOpen = values.some((one) => one instanceof Unknown) || statements.some((one) => one.isOpen);
    return (isOpen ? unknown : violation)('', 'No statement of the bucket\'s policy denies requests without TLS.');
  },
};
