import { InputCheck } from '../private/input-check';

const USER_NAME = /^(?=.{1,63}$)[a-z0-9](-*[a-z0-9])*$/;

/** The name of a user's profile. */
export function checkUserName(check: InputCheck, userName: string): InputCheck {
  return check.matches('userName', userName, USER_NAME, 'be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    'SageMaker ignores the case of profile names and IAM does not ignore it in their ARNs');
}
