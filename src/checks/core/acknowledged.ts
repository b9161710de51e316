import { isRecord } from './value';

/** Metadata of a resource in which a reason stands for each rule that is known to be broken: `{ acknowledged: { <rule>: <reason> } }`. */
export const METADATA = 'cdk-secure-mlops';
/** In front of a rule's name where rules of several packs stand together. */
export const PREFIX = 'SecureMlops-';

/** Why a rule may be broken at a resource, if its metadata says so. A reason without words is none. */
export function reasonIn(metadata: unknown, rule: string): string | undefined {
  if (!isRecord(metadata)) return undefined;
  const own = isRecord(metadata[METADATA]) ? metadata[METADATA].acknowledged : undefined;
  const reasons = [isRecord(own) && Object.hasOwn(own, rule) ? own[rule] : undefined, ...suppressions(metadata.cdk_nag, rule)];
  return reasons.find((reason): reason is string => typeof reason === 'string' && reason.trim() !== '');
}

/** As cdk-nag writes them into templates. */
function suppressions(nag: unknown, rule: string): unknown[] {
  const list = isRecord(nag) && Array.isArray(nag.rules_to_suppress) ? nag.rules_to_suppress as unknown[] : [];
  return list.filter(isRecord).filter(({ id }) => id === `${PREFIX}${rule}`)
    .map(({ reason, is_reason_encoded: isEncoded }) => (isEncoded === true && typeof reason === 'string' ? Buffer.from(reason, 'base64').toString() : reason));
}
