import { isDenied, statementsAt } from './bucket-policy';
import { Condition } from '../../core/conditions';
import { Rule } from '../../core/rule';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

const IS = /^(ForAnyValue:|ForAllValues:)?(Bool|StringEquals|StringEqualsIgnoreCase)(IfExists)?$/i;

function isWithoutTls({ operator, key, values }: Condition): boolean | undefined {
  if (key !== 'aws:securetransport' || !IS.test(operator)) return false;
  return values.map((one) => String(one).toLowerCase()).includes('false') ? true : values.some((one) => one instanceof Unknown) ? undefined : false;
}

export const BUCKET_TLS: Rule = {
  id: 'BucketTls',
  title: 'Buckets refuse requests that are not encrypted on their way.',
  remedy: 'Deny everybody, on the bucket and on everything in it, where aws:SecureTransport is false, and on no further condition.',
  severity: 'medium',
  types: ['AWS::S3::Bucket'],
  configRules: ['s3-bucket-ssl-requests-only'],
  page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  look: (bucket, template) => {
    const statements = statementsAt(bucket, template);
    if (statements === undefined) return unknown('', 'A policy of the bucket is only known to the deployment.');
    const isKept = isDenied(bucket, statements, (conditions) => {
      const answers = conditions.map(isWithoutTls);
      return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
    });
    if (isKept) return COMPLIANT;
    return (isKept === undefined ? unknown : violation)('', 'No statement of the bucket\'s policy denies everything in it without TLS.');
  },
};
