/**
 * Keys in the artifacts bucket that only some builds write. CodePipeline names objects `<pipeline>/<artifact>/<random>`, the
 * pipeline's name cut to 20 characters and the artifact's to 10.
 */

/** Where the code of jobs is. */
export const CODE_PREFIX = 'code/';

/** How artifacts are called that builds hand on which run code of a repository. */
export const BUILT = 'Build';

/** How lists of accounts are called. */
export const ACCOUNTS = 'Accounts';

/** Prefix of the keys of artifacts whose name begins so, in every pipeline: a role cannot tell whose build it is. */
export function keysOf(artifact: string): string {
  return `*/${artifact}`;
}
