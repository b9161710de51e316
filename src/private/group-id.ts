import { InputCheck } from './input-check';

/** Ids of users and groups of IAM Identity Center. @see https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html */
const GROUP_ID = /^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/;

/** What can be wrong with the id of a group of IAM Identity Center. */
export function checkGroupId(check: InputCheck, groupId: string): InputCheck {
  return check.matches('groupId', groupId, GROUP_ID, 'be the id of a group of IAM Identity Center, such as 1234567890-12345678-1234-1234-1234-123456789012',
    'Its name is none: the page of the group shows the id');
}
