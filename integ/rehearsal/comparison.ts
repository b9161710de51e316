import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Deployed, Inventory } from './local-aws';

/** What KMS says of a key that waits out its deletion window. */
const SCHEDULED = '"KeyState": "PendingDeletion"';

/**
 * Where a templates bucket, or the bucket with assets of products, remembers what was published and then taken back by a roll-back:
 * versions of objects with their tags, and in the local AWS's own record of the bucket the bytes that they take. Versions are kept on purpose.
 */
const PUBLISHED_VERSIONS = /^s3\.(buckets\/|object_(versions|tags)\/\(')([\w-]*storagetemplates|secure-mlops-[0-9a-f]{8}-)/;

/** What differs of an object that is published once more. */
const PUBLISHED_AGAIN = new Set(['is_latest', 'last_modified', 'version_id']);

/** What a deletion left. */
export interface Remains {
  /** What the user chose to keep, and is still there. */
  readonly kept: string[];
  /** Keys that wait out their deletion window. */
  readonly scheduled: string[];
  readonly discrepancies: string[];
}

/**
 * After a roll-back everything is as it was; only a key that the roll-back deleted waits out its window, and a templates
 * bucket remembers versions that were published meanwhile. What it had before, it still has.
 */
export function compareState(before: Inventory, after: Inventory): string[] {
  const discrepancies: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isBootstrap(key)) continue;
    const remembers = PUBLISHED_VERSIONS.test(key);
    if (!(key in after)) {
      discrepancies.push(`gone after the roll-back: ${key}`);
    } else if (!(key in before)) {
      if (!remembers && !after[key].includes(SCHEDULED)) discrepancies.push(`left behind by the roll-back: ${key}`);
    } else if (before[key] !== after[key] && !(remembers && holds(JSON.parse(after[key]), JSON.parse(before[key])))) {
      discrepancies.push(`not rolled back: ${key}: ${difference(before[key], after[key])}`);
    }
  }
  return discrepancies;
}

/**
 * What is there and was not there before must be what the user chose to keep: all of it, and nothing else.
 *
 * @param retained resources that the template retains
 * @param chosen what else is kept, one entry of the inventory for each
 */
export function compareRemains(before: Inventory, after: Inventory, retained: Deployed[], chosen: RegExp[]): Remains {
  const remains: Remains = { kept: [], scheduled: [], discrepancies: [] };
  const missing = new Set(retained);
  const wanted = new Set(chosen);
  for (const key of Object.keys(before)) if (!(key in after)) remains.discrepancies.push(`destroyed, though it was there before: ${key}`);
  for (const [key, value] of Object.entries(after)) {
    if (key in before || isBootstrap(key)) continue;
    const scheduled = value.includes(SCHEDULED);
    const owners = retained.filter((resource) => key.includes(idOf(resource)));
    const choice = [...wanted].find((pattern) => pattern.test(key));
    owners.forEach((owner) => missing.delete(owner));
    if (choice) wanted.delete(choice);
    if (owners.length > 0 && scheduled) remains.discrepancies.push(`was to be kept, and is scheduled for deletion: ${key}`);
    else if (owners.length > 0 || choice) remains.kept.push(key);
    else if (scheduled) remains.scheduled.push(key);
    else remains.discrepancies.push(`left behind: ${key}`);
  }
  for (const key of remains.scheduled) {
    const keyId = key.slice(key.lastIndexOf('/') + 1);
    for (const kept of remains.kept) if (after[kept].includes(keyId)) remains.discrepancies.push(`kept, and encrypted with a key that goes: ${kept}`);
  }
  for (const resource of missing) remains.discrepancies.push(`was to be kept, and is gone: ${resource.type} ${resource.ref}`);
  for (const pattern of wanted) remains.discrepancies.push(`was to be kept, and is gone: ${pattern.source}`);
  return remains;
}

/** The deployed resources that the templates of an assembly retain. */
export function retainedOf(assembly: string, deployed: Deployed[]): Deployed[] {
  const manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as { artifacts: Record<string, { properties?: { templateFile?: string } }> };
  const retained = new Set<string>();
  for (const { properties } of Object.values(manifest.artifacts)) {
    const file = join(assembly, properties?.templateFile ?? '');
    if (!properties?.templateFile || !existsSync(file)) continue;
    const { Resources = {} } = JSON.parse(readFileSync(file, 'utf8')) as { Resources?: Record<string, { DeletionPolicy?: string }> };
    for (const [id, { DeletionPolicy }] of Object.entries(Resources)) if (DeletionPolicy?.startsWith('Retain')) retained.add(id);
  }
  return deployed.filter(({ logicalId }) => logicalId !== null && retained.has(logicalId));
}

/** Whether a value has everything that it had before, at whatever depth. */
function holds(after: unknown, before: unknown): boolean {
  if (Array.isArray(before)) return Array.isArray(after) && before.every((one) => after.some((other) => holds(other, one)));
  if (typeof before !== 'object' || before === null) return after === before;
  return typeof after === 'object' && after !== null
    && Object.entries(before).every(([key, value]) => PUBLISHED_AGAIN.has(key) || holds((after as Record<string, unknown>)[key], value));
}

/** As the inventory names it. The local AWS makes up an id for a bucket's policy, which has none. */
function idOf({ type, ref }: Deployed): string {
  return type === 'AWS::S3::BucketPolicy' ? `bucket_policies/${ref.replace(/-policy$/, '')}` : ref;
}

/** The first place in which two states differ. */
function difference(before: string, after: string): string {
  const at = [...before].findIndex((character, index) => character !== after[index]);
  const start = Math.max(0, at - 40);
  return `…${before.slice(start, at + 80)}… became …${after.slice(start, at + 80)}…`;
}

/** Templates of every step are in the bootstrap bucket. */
function isBootstrap(key: string): boolean {
  return key.includes('cdk-hnb659fds-');
}
