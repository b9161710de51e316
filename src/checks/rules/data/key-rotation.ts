import { Rule } from '../../core/rule';
import { is, isOn, where } from '../../core/verdicts';

export const KEY_ROTATION: Rule = {
  id: 'KeyRotation',
  title: 'Keys are rotated every year.',
  remedy: 'Set EnableKeyRotation to true.',
  severity: 'medium',
  types: ['AWS::KMS::Key'],
  configRules: ['cmk-backing-key-rotation-enabled'],
  page: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  // AWS KMS rotates no others.
  look: (key) => where(isOn(key.at('KeySpec'), 'SYMMETRIC_DEFAULT', true), () => is(key.at('EnableKeyRotation'), [true], false)),
};
