import { Rule } from '../../core/rule';
import { shown } from '../../core/value';
import { COMPLIANT, is } from '../../core/verdicts';

/** Others cannot be rotated by AWS KMS. */
const ROTATED = ['SYMMETRIC_DEFAULT'];

export const KEY_ROTATION: Rule = {
  id: 'KeyRotation',
  title: 'Keys are rotated every year.',
  remedy: 'Set EnableKeyRotation to true.',
  severity: 'medium',
  types: ['AWS::KMS::Key'],
  configRules: ['cmk-backing-key-rotation-enabled'],
  page: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  look: (key) => (
    ROTATED.includes(shown(key.at('KeySpec').value ?? 'SYMMETRIC_DEFAULT')) ? is(key.at('EnableKeyRotation'), [true], false) : COMPLIANT
  ),
};
