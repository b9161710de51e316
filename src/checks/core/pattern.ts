/**
 * Whether a text is what a pattern says, with * and ? as in policies of IAM.
 *
 * @param flags of a regular expression: actions are the same in capitals and small letters
 */
export function isLike(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, flags).test(text);
}
