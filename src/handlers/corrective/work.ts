import { Seen } from './seen';
import { settings, Work } from './settings';
import { isLike } from '../../checks/core/pattern';

/**
 * Whether what was found is for these controls to correct: all of it, or what roles of their environment run, and what no environment's
 * roles run. Whose work it is, roles say and nothing else: names and tags are anybody's to choose, and a role has to be passed.
 */
export async function isWatched({ roles }: Seen): Promise<boolean> {
  const { work } = settings();
  return work === undefined || roles === undefined || isOurs(await roles(), work);
}

/** Work with roles of several environments is everybody's: who mixes them gets away with nothing. */
function isOurs(roles: readonly string[], { own, others }: Work): boolean {
  if (roles.some((role) => isOf(role, own))) return true;
  return others !== undefined && (roles.length === 0 || !roles.every((role) => isOf(role, others)));
}

/** IAM takes names for the same that differ in capitals alone. A pattern has the role's whole path: what it leaves open is a name, without a slash. */
function isOf(role: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => isLike(pattern, role, 'i') && role.split('/').length === pattern.split('/').length);
}
