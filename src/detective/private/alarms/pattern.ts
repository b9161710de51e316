import { FilterPattern, JsonPattern } from 'aws-cdk-lib/aws-logs';

/** An event of CloudTrail has a field with one of these values. */
export function isOneOf(field: string, ...values: string[]): JsonPattern {
  return FilterPattern.any(...values.map((value) => FilterPattern.stringValue(field, '=', value)));
}

/** An event has another value, or none: what has none is not told by `!=` alone. */
export function isNot(field: string, value: string): JsonPattern {
  return FilterPattern.any(FilterPattern.notExists(field), FilterPattern.stringValue(field, '!=', value));
}

/** A service was asked for one of these operations, whether it did it or not. */
export function called(service: string, ...operations: string[]): JsonPattern {
  return FilterPattern.all(isOneOf('$.eventSource', `${service}.amazonaws.com`), isOneOf('$.eventName', ...operations));
}

/**
 * CloudFormation did not ask: it works for whoever deploys, and AWS alone writes the field.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const OUTSIDE_OF_DEPLOYMENTS = isNot('$.userIdentity.invokedBy', 'cloudformation.amazonaws.com');
