import { PREFIX } from './acknowledged';
import { Resource } from './resource';
import { isRecord } from './value';

/** Where aws-cdk-lib writes what is acknowledged at a construct, with the reason. */
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const LOGICAL_ID = 'aws:cdk:logicalId';
/** Where it writes the path of a resource's construct into the template. */
const PATH = 'aws:cdk:path';

/**
 * Why rules may be broken at resources of a stack, from the metadata of its constructs in a cloud assembly: what is acknowledged
 * at a construct holds for everything in it.
 *
 * @param metadata of the stack's constructs, by their paths: those of nested stacks are among them
 * @param within the path of the nested stack that the template is of, if it is of one
 */
export function reasonsIn(metadata: unknown, within?: string): (resource: Resource, rule: string) => string | undefined {
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  const acknowledged = entries.map(([path, list]): [string, unknown[]] => [path, of(list, ACKNOWLEDGED)]).filter(([, list]) => list.length > 0);
  if (acknowledged.length === 0) return () => undefined;
  const paths = new Map(entries.flatMap(([path, list]) => (
    within === undefined || path.startsWith(`${within}/`) ? of(list, LOGICAL_ID).map((id) => [id, path] as const) : []
  )).reverse());
  return (resource, rule) => {
    const own = pathOf(resource) ?? paths.get(resource.logicalId);
    if (own === undefined) return undefined;
    const at = acknowledged.filter(([path]) => `${own}/`.startsWith(`${path}/`)).flatMap(([, list]) => list).filter(isRecord);
    // The CDK writes "annotation::" in front of what has no prefix, from 2.262.1 on "Annotation::".
    const reasons = at.flatMap((one) => Object.entries(one)).filter(([id]) => id.replace(/^annotation::/i, '') === `${PREFIX}${rule}`).map(([, reason]) => reason);
    return reasons.find((reason): reason is string => typeof reason === 'string' && reason.trim() !== '');
  };
}

/** The path of a nested stack, by the resource that makes it. */
export function nestedPath(metadata: unknown, stack: Resource): string | undefined {
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  const own = pathOf(stack) ?? entries.find(([, list]) => of(list, LOGICAL_ID).includes(stack.logicalId))?.[0];
  // The CDK makes the resource of the nested stack X in a construct X.NestedStack beside it.
  return own?.replace(/\.NestedStack\/[^/]+$/, '');
}

function pathOf({ metadata }: Resource): string | undefined {
  const path = isRecord(metadata) ? metadata[PATH] : undefined;
  return typeof path === 'string' ? `/${path}` : undefined;
}

function of(list: unknown, type: string): unknown[] {
  return (Array.isArray(list) ? list as unknown[] : []).filter(isRecord).filter((one) => one.type === type).map(({ data }) => data);
}
