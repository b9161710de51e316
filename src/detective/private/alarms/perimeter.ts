import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { isOneOf } from './pattern';
import { TrailAlarm } from './trail-alarm';

/**
 * What a resource or a network refuses, beside what an identity may not do: that one happens every day. AWS says in the message which
 * policy it was; to an account that it does not trust it says nothing, and who is of another account is told by that.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const PERIMETER: TrailAlarm = {
  id: 'Perimeter',
  description: 'A policy of a bucket, a key, a private endpoint or the organization refused somebody',
  pattern: ({ account }) => FilterPattern.any(
    isOneOf('$.errorCode', 'VpceAccessDenied'),
    isOneOf('$.errorMessage', ...['resource-based', 'VPC endpoint', 'resource control', 'service control'].map((kind) => `*with an explicit deny in a ${kind} policy*`)),
    FilterPattern.all(isOneOf('$.errorCode', 'AccessDenied', 'AccessDeniedException'), FilterPattern.stringValue('$.userIdentity.accountId', '!=', account)),
  ),
};
