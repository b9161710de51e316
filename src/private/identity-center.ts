import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { InputCheck } from './input-check';

/** Ids of users and groups of IAM Identity Center. @see https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html */
const GROUP_ID = /^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/;

/** What can be wrong with the id of a group of IAM Identity Center. */
export function checkGroupId(check: InputCheck, groupId: string): InputCheck {
  return check.matches('groupId', groupId, GROUP_ID, 'be the id of a group of IAM Identity Center, such as 1234567890-12345678-1234-1234-1234-123456789012',
    'Its name is none: the page of the group shows the id');
}

/** Construct id of what is made for a group, by what is known of it: of a parameter the reference, since a token is called otherwise each time. */
export function constructIdOfGroup(scope: IConstruct, groupId: string, ...more: (string | undefined)[]): string {
  const known = (part: string) => (Token.isUnresolved(part) ? createHash('sha256').update(JSON.stringify(Stack.of(scope).resolve(part))).digest('hex').slice(0, 12) : part);
  return ['Group', groupId, ...more].flatMap((part) => (part === undefined ? [] : known(part))).join('-');
}

/**
 * The role that IAM Identity Center makes in an account for a permission set, as a pattern of IAM. The suffix is made up anew with each
 * first assignment, and the path has the region of Identity Center unless that is us-east-1. Nobody else makes roles below `aws-reserved`.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function roleOfPermissionSet(permissionSetName: string): string {
  return `${ROLES_OF_PERMISSION_SETS}${nameOfPermissionSetsRole(permissionSetName)}`;
}

/** The roles of all permission sets. */
export const ROLES_OF_PERMISSION_SETS = 'role/aws-reserved/sso.amazonaws.com/*';

/** What the role of a permission set is called, without its path. */
export function nameOfPermissionSetsRole(permissionSetName: string): string {
  return `AWSReservedSSO_${permissionSetName}_*`;
}

/** What can be wrong with the name of a permission set. */
export function checkPermissionSetName(check: InputCheck, permissionSetName: string): InputCheck {
  return check.matches('permissionSetName', permissionSetName, /^[\w+=,.@-]{1,32}$/, 'be 1–32 letters, digits and +=,.@_-');
}
