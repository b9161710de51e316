import { denied } from './guardrails';
import { Broken, Seen } from './seen';
import { Guardrail } from './settings';
import { look } from '../../checks/core/look';
import { Rule } from '../../checks/core/rule';
import { Template } from '../../checks/core/template';
import { BUCKET_PUBLIC_ACCESS } from '../../checks/rules/data/bucket-public';
import { MODEL_IMAGE_REGISTRY } from '../../checks/rules/models/image-registry';
import { NOTEBOOK_DIRECT_INTERNET } from '../../checks/rules/notebooks/direct-internet';
import { NOTEBOOK_IN_VPC } from '../../checks/rules/notebooks/in-vpc';
import { NOTEBOOK_ROOT_ACCESS } from '../../checks/rules/notebooks/root-access';
import { STUDIO_CLASSIC } from '../../checks/rules/studio/classic';

/**
 * Rules of `SecureMlopsChecks` that are acted upon: the severe ones for what actions are about. Whether volumes, jobs and models
 * are as they must be, guardrails say, which know the network, the keys and which instances take none.
 */
export const RULES: readonly Rule[] = [
  BUCKET_PUBLIC_ACCESS, MODEL_IMAGE_REGISTRY, NOTEBOOK_DIRECT_INTERNET, NOTEBOOK_IN_VPC, NOTEBOOK_ROOT_ACCESS, STUDIO_CLASSIC,
];

/** What a resource breaks. What is not known breaks nothing: what is not sure is not acted upon. */
export function brokenBy({ resources, requests, broken = [] }: Seen, guardrails: readonly Guardrail[]): Broken[] {
  const found = look(new Template({ Resources: resources }), RULES).filter(({ kind }) => kind === 'violation');
  const all = [...found.map(({ rule: { id }, message }): Broken => ({ rule: id, message })), ...denied(requests, guardrails), ...broken];
  return [...new Map(all.map((one) => [`${one.rule}: ${one.message}`, one])).values()];
}
