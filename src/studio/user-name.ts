import { InputCheck } from '../private/input-check';

/** What the name of a user is made of. */
export const USER_NAME_RULE = {
  pattern: '^(?=.{1,63}$)[a-z0-9](-*[a-z0-9])*$',
  rule: 'be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
};

/** The name of a user's profile. */
export function checkUserName(check: InputCheck, userName: string): InputCheck {
  return check.matches('userName', userName, new RegExp(USER_NAME_RULE.pattern), USER_NAME_RULE.rule,
    'SageMaker ignores the case of profile names and IAM does not ignore it in their ARNs');
}
