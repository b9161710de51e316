import { Rule } from '../../core/rule';
import { is, isAtMost, isOn, where } from '../../core/verdicts';

export const KEY_ROTATION: Rule = {
  id: 'KeyRotation',
  title: 'Keys are rotated every year.',
  remedy: 'Set EnableKeyRotation to true, and leave RotationPeriodInDays at 365 or less.',
  severity: 'medium',
  types: ['AWS::KMS::Key'],
  configRules: ['cmk-backing-key-rotation-enabled'],
  page: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  look: (key) => {
    // AWS KMS rotates no others: asymmetric keys, and those whose material is brought along or kept in a store of one's own.
    const isMadeByKms = isOn(key.at('Origin'), 'AWS_KMS', true);
    const isSymmetric = isOn(key.at('KeySpec'), 'SYMMETRIC_DEFAULT', true);
    return where(isMadeByKms, () => where(isSymmetric, () => {
      const found = is(key.at('EnableKeyRotation'), [true], false);
      return found.length > 0 ? found : isAtMost(key.at('RotationPeriodInDays'), 365);
    }));
  },
};
