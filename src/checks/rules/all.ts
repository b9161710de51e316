import { MODEL_NETWORK_ISOLATION } from './models/network-isolation';
import { NOTEBOOK_DIRECT_INTERNET } from './notebooks/direct-internet';
import { NOTEBOOK_ROOT_ACCESS } from './notebooks/root-access';
import { Rule } from '../core/rule';

/** Every rule, in the order in which they are told. */
export const RULES: readonly Rule[] = [
  NOTEBOOK_DIRECT_INTERNET,
  NOTEBOOK_ROOT_ACCESS,
  MODEL_NETWORK_ISOLATION,
];

/** Names among some that no rule has. */
export function unknownAmong(ids: readonly string[]): string[] {
  return ids.filter((id) => !RULES.some((rule) => rule.id === id));
}
