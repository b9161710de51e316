/** Names of session tags that can stand in a policy variable and in a condition key. IAM takes spaces and `/+=@` as well. */
const TAG_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** What a session tag's name must be. */
export const TAG_NAME_RULE = 'be 1–128 letters, digits, dots, hyphens and underscores';

/** Whether it is the name of a session tag. */
export function isTagName(text: string): boolean {
  return TAG_NAME.test(text);
}
