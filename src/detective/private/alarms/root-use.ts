import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { isNot, isOneOf } from './pattern';
import { TrailAlarm } from './trail-alarm';

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1 */
export const ROOT_USE: TrailAlarm = {
  id: 'RootUse',
  description: 'Somebody used the root user of the account',
  pattern: () => FilterPattern.all(
    isOneOf('$.userIdentity.type', 'Root'), FilterPattern.notExists('$.userIdentity.invokedBy'), isNot('$.eventType', 'AwsServiceEvent'),
  ),
};
