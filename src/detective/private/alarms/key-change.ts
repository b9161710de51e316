import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { called, OUTSIDE_OF_DEPLOYMENTS } from './pattern';
import { TrailAlarm } from './trail-alarm';

export const KEY_CHANGE: TrailAlarm = {
  id: 'KeyChange',
  description: 'The policy or the state of a KMS key was changed outside of a deployment',
  pattern: () => FilterPattern.all(
    called('kms', 'PutKeyPolicy', 'DisableKey', 'ScheduleKeyDeletion', 'DeleteImportedKeyMaterial', 'DisableKeyRotation', 'DeleteAlias', 'UpdateAlias'),
    OUTSIDE_OF_DEPLOYMENTS,
  ),
};
