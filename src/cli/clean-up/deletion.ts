import { Item, Phase } from './item';
import { kindOf, losesData, PARTS } from './kinds';
import { DeployedResource, DeployedStack, Place } from './place';
import { REMOVALS } from './removals';
import { isTagged, othersAmong, resourcesOf, stackSetOf, templateOf } from './stacks';
import { itemsOf } from '../aws/account';
import { Template } from '../planned-stack';

/** What is asked for, beside the plan. */
export interface Wish {
  /** Whether data may be deleted. */
  readonly includeData: boolean;
}

/** A stack that is to go, what stands in the way, and what it leaves behind. */
export async function deletionOf(place: Place, stack: DeployedStack, phase: Phase, what: string, wish: Wish): Promise<Item[]> {
  const all = await resourcesOf(place, stack.id), resources = all.filter(({ status }) => status !== 'DELETE_COMPLETE');
  const template = await templateOf(place, stack.id), kept = retained(template, resources);
  const lost = resources.filter((one) => losesData(one.type) && !kept.includes(one));
  const foreign = lost.filter((one) => !isOurs(place, stack, template, one));
  const item = (fate: Item['fate'], why: string, how?: string): Item => ({
    phase, account: place.account, region: place.region, type: 'stack', name: stack.name, fate, why, how,
  });
  return [
    inTheWay(place, stack, all, lost, wish, item) ?? item('delete', `${what}, with ${resources.length - kept.length} resources.${loss(lost, foreign)}`),
    ...await keptBy(place, stack, wish),
  ];
}

/** What a stack leaves behind when it goes. */
export async function keptBy(place: Place, stack: DeployedStack, wish: Wish): Promise<Item[]> {
  const template = await templateOf(place, stack.id);
  return retained(template, await resourcesOf(place, stack.id)).filter(({ type, status }) => !PARTS.test(type) && status !== 'DELETE_COMPLETE').map((one) => {
    const reason = `The template of the stack ${stack.name} keeps it`;
    if (kindOf(one.type) === undefined || isOurs(place, stack, template, one)) return keptItem(place, one, reason, wish, stack);
    return keptItem(place, one, `${reason}, and nothing says that it is the environment's`, { includeData: false }, stack);
  });
}

function inTheWay(
  place: Place, stack: DeployedStack, all: DeployedResource[], lost: DeployedResource[], { includeData }: Wish, item: (fate: 'blocked', why: string, how: string) => Item,
): Item | undefined {
  const others = othersAmong(place, all);
  if (others.length > 0) return item('blocked', `The environment ${others.join(', ')} is in this stack as well.`, `Take ${place.environment} out of the app, and deploy the stack.`);
  if (stack.isProtected) return item('blocked', 'Its termination protection is on.', 'Switch it off, if the stack is to go.');
  if (/(?<!^DELETE|REVIEW)_IN_PROGRESS$/.test(stack.status)) return item('blocked', `It is in the state ${stack.status}.`, 'Wait until it is done.');
  if (lost.length > 0 && !includeData) {
    return item('blocked', `Its template does not keep ${lost.map(({ physicalId }) => physicalId).join(', ')}, and data would go with it.`, 'Say --include-data, or deploy it with removalPolicy RETAIN.');
  }
  return undefined;
}

/** What a stack set places is a template of the environment alone, whose tags are the stack's. */
function isOurs(place: Place, stack: DeployedStack, template: Template, one: DeployedResource): boolean {
  return stackSetOf(stack.name) !== undefined || isTagged(place, template, one)
    || kindOf(one.type)?.isNamed?.(one.physicalId, place.environment) === true;
}

/** Sentences: what is lost with a stack, whosever it is. */
function loss(lost: DeployedResource[], foreign: DeployedResource[]): string {
  const named = (resources: DeployedResource[]) => resources.map(({ physicalId }) => physicalId).join(', ');
  if (lost.length === 0) return '';
  return ` Its template does not keep ${named(lost)}, and data goes with it.${foreign.length === 0 ? '' : ` Of these, nothing says that ${named(foreign)} is the environment's.`}`;
}

/** Something with data, which is left behind, by the stack that made it where that is known. */
export function keptItem(
  place: Place, { type, physicalId }: Pick<DeployedResource, 'type' | 'physicalId'>, reason: string, { includeData }: Wish, stack?: DeployedStack,
): Item {
  const kind = kindOf(type), how = kind?.how(physicalId, place, stack?.roleArn);
  const holds = kind === undefined ? '' : `; it holds ${kind.holds}`;
  const item = { phase: 'kept' as const, account: place.account, region: place.region, type, name: physicalId };
  if (kind !== undefined && includeData && REMOVALS[type] !== undefined) return { ...item, fate: 'delete', why: `${reason}${holds}, and --include-data was said.`, how };
  return { ...item, fate: 'keep', why: `${reason}${holds}.`, how };
}

/** What a template keeps of what its stack has made. */
export function retained({ Resources: planned = {} }: Template, resources: DeployedResource[]): DeployedResource[] {
  return resources.filter(({ logicalId }) => (planned[logicalId]?.DeletionPolicy ?? 'Delete') !== 'Delete');
}

/** Stacks that import what the stack exports: CloudFormation deletes nothing that is imported. */
export async function importersOf({ aws }: Place, { exports }: DeployedStack): Promise<string[]> {
  const importers = new Set<string>();
  for (const name of exports) {
    const question = { action: 'cloudformation:ListImports', subject: `who imports ${name}`, absent: ['ValidationError'] };
    const answer = await aws.query('cloudformation', question, { ExportName: name });
    for (const importer of itemsOf(answer?.Imports)) importers.add(String(importer));
  }
  return [...importers];
}
