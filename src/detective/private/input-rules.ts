import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { flowLogGroupOf, vpcOf } from './network';
import { checkLogGroup } from '../../private/given-log-group';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { checkRequired } from '../../private/required-input';
import { checkRoleSettings } from '../../private/role-settings';
import { ENVIRONMENT } from '../../stages/kinds';
import { DetectiveControlsProps } from '../detective-controls-props';

const BESIDE = 'Put the controls into a stack beside it: they see nothing of another account or region';
const OWNERS = 'A trail that exists already keeps the settings that its owner gave it';

/** What can be wrong with each property by itself, and with two together. */
export function checkControls(scope: Construct, props: DetectiveControlsProps): void {
  checkRequired(scope, props, { environment: ENVIRONMENT });
  checkRoleSettings(scope, props.roleOptions);
  const { existingLogGroup, bucket, objectLock, retention, sagemakerDataEvents } = props.trail ?? {};
  const { account, region } = Stack.of(scope), { names } = props.environment;
  const isHere = (here: string) => (its: string) => Token.isUnresolved(here) || its === here;
  checkLogGroup(checkKey(new InputCheck(scope), 'encryptionKey', props.encryptionKey), scope, 'trail.existingLogGroup', existingLogGroup)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.bucket', bucket, OWNERS)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.objectLock', objectLock, OWNERS)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.retention', retention, OWNERS)
    .notBoth('trail.existingLogGroup', existingLogGroup, 'trail.sagemakerDataEvents', sagemakerDataEvents, OWNERS)
    .that('environment', names.account, isHere(account), `be of the stack's account, ${account}`, BESIDE)
    .that('environment', names.region, isHere(region), `be of the stack's region, ${region}`, BESIDE)
    .notBoth('trail.bucket', bucket, 'trail.objectLock', objectLock, 'A bucket that exists already keeps the settings that its owner gave it')
    .that('rejectedTrafficAlarm', props.rejectedTrafficAlarm, (isOn) => !isOn || flowLogGroupOf(props.environment) !== undefined,
      'not be true where the flow logs are not known', 'An environment of another app, flow logs of your own and those with a format of their own are not read: watch them where they are made')
    .that('resolverQueryLogging', props.resolverQueryLogging, (isOn) => !isOn || vpcOf(props.environment) !== undefined,
      'not be true where the VPC is not known', 'Of an environment of another app only the names are: put the controls into its app')
    .throwIfInvalid();
}
