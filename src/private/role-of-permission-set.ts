import { InputCheck } from './input-check';

/**
 * The role that IAM Identity Center makes in an account for a permission set, as a pattern of IAM. The suffix is made up anew with each
 * first assignment, and the path has the region of Identity Center unless that is us-east-1. Nobody else makes roles below `aws-reserved`.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function roleOfPermissionSet(permissionSetName: string): string {
  return `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${permissionSetName}_*`;
}

/** What can be wrong with the name of a permission set. */
export function checkPermissionSetName(check: InputCheck, permissionSetName: string): InputCheck {
  return check.matches('permissionSetName', permissionSetName, /^[\w+=,.@-]{1,32}$/, 'be 1–32 letters, digits and +=,.@_-');
}
