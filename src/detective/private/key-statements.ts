import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';

const THIS_KEY = ['*']; // in a key policy: this key

/**
 * CloudTrail encrypts log files of this trail. It has to decrypt as well where their bucket has an S3 Bucket Key, or makes no trail; for
 * which trail it does, AWS's own statement does not say.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function usedByTrail(scope: Construct, trailArn: string): PolicyStatement[] {
  const principals = [new ServicePrincipal('cloudtrail.amazonaws.com')];
  return [
    new PolicyStatement({
      sid: 'EncryptLogFiles',
      principals,
      actions: ['kms:GenerateDataKey*'],
      resources: THIS_KEY,
      conditions: {
        StringEquals: { 'aws:SourceArn': trailArn },
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': arnIn(scope, 'cloudtrail', 'trail/*', { region: '*' }) },
      },
    }),
    new PolicyStatement({
      sid: 'DecryptForTrail', principals, actions: ['kms:Decrypt'], resources: THIS_KEY, conditions: { StringEqualsIfExists: { 'aws:SourceArn': trailArn } },
    }),
    new PolicyStatement({
      sid: 'DescribeForTrail', principals, actions: ['kms:DescribeKey'], resources: THIS_KEY, conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
    }),
  ];
}
