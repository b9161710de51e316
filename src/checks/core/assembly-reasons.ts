import { PREFIX } from './acknowledged';
import { isRecord } from './value';

/** Where aws-cdk-lib writes what is acknowledged at a construct, with the reason. */
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const LOGICAL_ID = 'aws:cdk:logicalId';

/**
 * Why rules may be broken at resources of a stack, from the metadata of its constructs in a cloud assembly: what is acknowledged
 * at a construct holds for everything in it.
 *
 * @param metadata of the stack's constructs, by their paths
 */
export function reasonsIn(metadata: unknown): (logicalId: string, rule: string) => string | undefined {
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  const of = (list: unknown, type: string) => (
    (Array.isArray(list) ? list as unknown[] : []).filter(isRecord).filter((one) => one.type === type).map(({ data }) => data)
  );
  const acknowledged = entries.map(([path, list]): [string, unknown[]] => [path, of(list, ACKNOWLEDGED)]).filter(([, list]) => list.length > 0);
  const paths = new Map(entries.flatMap(([path, list]) => of(list, LOGICAL_ID).map((id) => [id, path] as const)));
  return (logicalId, rule) => {
    const own = paths.get(logicalId);
    if (own === undefined) return undefined;
    const at = acknowledged.filter(([path]) => `${own}/`.startsWith(`${path}/`)).flatMap(([, list]) => list).filter(isRecord);
    // The CDK writes "annotation::" in front of what has no prefix, from 2.262.1 on "Annotation::".
    const reasons = at.flatMap((one) => Object.entries(one)).filter(([id]) => id.replace(/^annotation::/i, '') === `${PREFIX}${rule}`).map(([, reason]) => reason);
    return reasons.find((reason): reason is string => typeof reason === 'string' && reason.trim() !== '');
  };
}
