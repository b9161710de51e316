import { isDenied, statementsAt } from './bucket-policy';
import { Condition } from '../../core/policy';
import { Rule } from '../../core/rule';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

function isWithoutTls({ operator, key, values }: Condition): boolean | undefined {
  if (key !== 'aws:securetransport' || /^Null$/i.test(operator)) return false;
  return values.map((one) => String(one).toLowerCase()).includes('false') ? true : values.some((one) => one instanceof Unknown) ? undefined : false;
}

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
    const isKept = isDenied(statements, isWithoutTls);
    if (isKept) return COMPLIANT;
    return (isKept === undefined ? unknown : violation)('', 'No statement of the bucket\'s policy denies requests without TLS.');
  },
};
