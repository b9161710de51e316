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
