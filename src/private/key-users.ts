import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const THIS_KEY = ['*']; // in a key policy: this key

/** What CloudWatch Logs uses a key for. */
interface LogsUse {
  /** ARN of the log groups. */
  readonly logGroups: string;
  readonly region?: string;
  readonly account?: string;
  /** Ids of the two statements. */
  readonly sids?: readonly [encrypting: string, describing: string];
}

/**
 * CloudWatch Logs encrypts log groups of an account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function usedByLogs(scope: Construct, { logGroups, region = Aws.REGION, account = Stack.of(scope).account, sids: [encrypting, describing] = ['', ''] }: LogsUse): PolicyStatement[] {
  const principals = [new ServicePrincipal(`logs.${region}.${Stack.of(scope).urlSuffix}`)];
  return [
    new PolicyStatement({
      sid: encrypting || undefined,
      principals,
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
      resources: THIS_KEY,
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
    new PolicyStatement({
      sid: describing || undefined,
      principals,
      actions: ['kms:DescribeKey'], // which has no encryption context
      resources: THIS_KEY,
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': account } },
    }),
  ];
}

/**
 * EventBridge keeps in an encrypted queue what it could not deliver. No page of AWS says that SQS sends on for whom.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function usedByEvents(sid: string, account: string): PolicyStatement {
  return new PolicyStatement({
    sid,
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: THIS_KEY,
    conditions: { StringEqualsIfExists: { 'aws:SourceAccount': account } },
  });
}
