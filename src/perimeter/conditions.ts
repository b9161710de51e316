/** The condition block of a policy statement: operator, key, values. */
export type Conditions = Record<string, Record<string, unknown>>;

/** One condition block that holds when all of the given ones do. */
export function allOf(...blocks: Conditions[]): Conditions {
  const merged: Conditions = {};
  for (const block of blocks) {
    for (const [operator, keys] of Object.entries(block)) merged[operator] = { ...merged[operator], ...keys };
  }
  return merged;
}

/** Athena, as services know it that it calls for somebody: the first of the chain, so that nobody came to it by another service. */
export const BY_ATHENA = { 'aws:CalledViaFirst': 'athena.amazonaws.com' };

/** Listing what begins with a prefix, and nothing else of the bucket. */
export function listingOf(prefix: string): Conditions {
  return prefix === '' ? {} : { StringLike: { 's3:prefix': [prefix, `${prefix}*`] } };
}

/** A list of one as a text: templates that stack sets carry have little room. */
export function listOrText(values: string[]): string | string[] {
  return values.length === 1 ? values[0] : values;
}
