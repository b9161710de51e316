import { Construct } from 'constructs';
import { checkLogGroup } from '../../private/given-log-group';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { checkRequired } from '../../private/required-input';
import { checkRoleSettings } from '../../private/role-settings';
import { ENVIRONMENT } from '../../stages/kinds';
import { DetectiveControlsProps } from '../detective-controls-props';

const OWNERS = 'A trail that exists already keeps the settings that its owner gave it';

/** What can be wrong with each property by itself, and with two together. */
export function checkControls(scope: Construct, props: DetectiveControlsProps): void {
  checkRequired(scope, props, { environment: ENVIRONMENT });
  checkRoleSettings(scope, props.roleOptions);
  const { existingLogGroup, bucket, objectLock, retention } = props.trail ?? {};
  checkLogGroup(checkKey(new InputCheck(scope), 'encryptionKey', props.encryptionKey), scope, 'trail.existingLogGroup', existingLogGroup)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.bucket', bucket, OWNERS)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.objectLock', objectLock, OWNERS)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.retention', retention, OWNERS)
    .notBoth('trail.bucket', bucket, 'trail.objectLock', objectLock, 'A bucket that exists already keeps the settings that its owner gave it')
    .throwIfInvalid();
}
