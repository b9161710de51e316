import {
  DeleteFileSystemCommand, DeleteMountTargetCommand, DescribeFileSystemsCommand, FileSystemDescription, MountTargetDescription,
  paginateDescribeFileSystems, paginateDescribeMountTargets,
} from '@aws-sdk/client-efs';
import { efs, isDenied, isGone, unlessGone } from './aws';
import { everyPage } from '../aws/sdk';

/** How SageMaker marks what it makes for a domain; the value is the domain's ARN. */
const MANAGED_BY = 'ManagedByAmazonSageMakerResource';

/** EFS tells times of creation in whole seconds, by a clock of its own; ours has milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** A home file system and the domain that it was made for. */
export interface HomeFileSystem {
  readonly domainId: string;
  readonly fileSystemId: string;
}

/** Where to look: a domain that we know; or, after a roll-back before we knew it, our subnets and a time. */
export interface Search {
  readonly domainId?: string;
  readonly subnetIds?: string[];
  readonly since?: Date;
}

/** The home file systems of a known domain; or those that appeared in our subnets since we began. */
export async function fileSystemsLeftBehind({ domainId, subnetIds, since }: Search): Promise<HomeFileSystem[]> {
  const all = await everyPage(paginateDescribeFileSystems({ client: efs, pageSize: 100 }, {}), (page) => page.FileSystems);
  const found: HomeFileSystem[] = [];
  for (const one of all) {
    const owner = domainOf(one);
    if (owner === undefined || one.FileSystemId === undefined || one.LifeCycleState === 'deleting' || one.LifeCycleState === 'deleted') continue;
    const ours = domainId !== undefined
      ? owner === domainId
      : isSince(one, since) && await isIn(subnetIds ?? [], one.FileSystemId);
    if (ours) found.push({ domainId: owner, fileSystemId: one.FileSystemId });
  }
  return found;
}

function isSince({ CreationTime }: FileSystemDescription, since?: Date): boolean {
  return since !== undefined && CreationTime !== undefined && CreationTime.getTime() >= since.getTime() - CLOCK_TOLERANCE;
}

/** `arn:…:domain/d-abc` → `d-abc`; SageMaker's other file systems, if any, are not ours to judge. */
function domainOf(fileSystem: FileSystemDescription): string | undefined {
  const owner = fileSystem.Tags?.find((tag) => tag.Key === MANAGED_BY)?.Value;
  return owner?.match(/:sagemaker:.*:domain\/(d-[a-z0-9-]+)$/)?.[1];
}

async function isIn(subnetIds: string[], fileSystemId: string): Promise<boolean> {
  return (await mountTargetsOf(fileSystemId)).some((target) => target.SubnetId !== undefined && subnetIds.includes(target.SubnetId));
}

async function mountTargetsOf(fileSystemId: string): Promise<MountTargetDescription[]> {
  const pages = paginateDescribeMountTargets({ client: efs, pageSize: 100 }, { FileSystemId: fileSystemId });
  return await unlessGone(() => everyPage(pages, (page) => page.MountTargets)) ?? [];
}

/** Starts what is not started yet; answers what is left. */
export async function deleteMountTargets(fileSystemIds: string[]): Promise<string[]> {
  const left: string[] = [];
  for (const fileSystemId of fileSystemIds) {
    for (const target of await mountTargetsOf(fileSystemId)) {
      if (target.LifeCycleState === 'deleted') continue;
      if (target.LifeCycleState !== 'deleting') {
        await tolerated(() => efs.send(new DeleteMountTargetCommand({ MountTargetId: target.MountTargetId })));
      }
      left.push(`mount target ${target.MountTargetId} of ${fileSystemId}`);
    }
  }
  return left;
}

/** Deletes the file systems themselves, with what is in them. */
export async function deleteFileSystem(fileSystemIds: string[]): Promise<string[]> {
  const left: string[] = [];
  for (const FileSystemId of fileSystemIds) {
    const problem = await tolerated(() => efs.send(new DeleteFileSystemCommand({ FileSystemId })));
    if (problem !== undefined && await exists(FileSystemId)) left.push(`file system ${FileSystemId} (${problem})`);
  }
  return left;
}

async function exists(FileSystemId: string): Promise<boolean> {
  return await unlessGone(() => efs.send(new DescribeFileSystemsCommand({ FileSystemId }))) !== undefined;
}

/** EFS refuses while something else is still going away; the next look tries again. */
async function tolerated(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (isDenied(error)) throw error;
    return isGone(error) ? undefined : (error as Error).name;
  }
}
