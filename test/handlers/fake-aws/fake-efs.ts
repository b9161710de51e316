import { page, Refusal } from './answer';

interface FakeFileSystem { id: string; tags: Record<string, string>; created: Date; state: string }
interface FakeMountTarget { id: string; fileSystem: string; subnet: string; state: string; looks: number }

/** File systems and their mount targets. */
export class FakeEfs {
  fileSystems: FakeFileSystem[] = [];
  mountTargets: FakeMountTarget[] = [];
  slowness = 1;
  pageSize = 2;
  /** Told when a mount target is gone, with which its network interface goes. */
  onMountTargetGone?: (id: string) => void;

  /** A home file system as SageMaker makes it. */
  homeOf(domainArn: string, id: string, subnets: string[], created = new Date()): void {
    this.fileSystems.push({ id, tags: { ManagedByAmazonSageMakerResource: domainArn }, created, state: 'available' });
    subnets.forEach((subnet, i) => this.mountTargets.push({ id: `fsmt-${id}-${i}`, fileSystem: id, subnet, state: 'available', looks: 0 }));
  }

  call(method: string, path: string, query: URLSearchParams): unknown {
    const [kind, id] = path.replace('/2015-02-01/', '').split('/');
    if (method === 'GET' && kind === 'file-systems') return this.describeFileSystems(query);
    if (method === 'GET' && kind === 'mount-targets') return this.describeMountTargets(query);
    if (method === 'DELETE' && kind === 'mount-targets') return this.deleteMountTarget(id);
    if (method === 'DELETE' && kind === 'file-systems') return this.deleteFileSystem(id);
    throw new Refusal('BadRequest', `${method} ${path}`);
  }

  private describeFileSystems(query: URLSearchParams): unknown {
    const wanted = query.get('FileSystemId');
    const all = this.fileSystems.filter(({ id }) => wanted === null || id === wanted);
    if (wanted !== null && all.length === 0) throw new Refusal('FileSystemNotFound', wanted, 404);
    const { items, next } = page({ name: 'FileSystems', filters: wanted }, all, this.pageSize, query.get('Marker'));
    return {
      NextMarker: next,
      FileSystems: items.map(({ id, tags, created, state }) => ({
        FileSystemId: id,
        LifeCycleState: state,
        CreationTime: created.getTime() / 1000,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  }

  private describeMountTargets(query: URLSearchParams): unknown {
    const fileSystem = query.get('FileSystemId');
    if (!this.fileSystems.some(({ id }) => id === fileSystem)) throw new Refusal('FileSystemNotFound', String(fileSystem), 404);
    for (const target of this.mountTargets) if (target.state === 'deleting' && target.looks-- <= 0) this.gone(target);
    const { items, next } = page({ name: 'MountTargets', filters: fileSystem }, this.mountTargets.filter((one) => one.fileSystem === fileSystem), this.pageSize, query.get('Marker'));
    return {
      NextMarker: next,
      MountTargets: items.map(({ id, subnet, state }) => ({ MountTargetId: id, FileSystemId: fileSystem, SubnetId: subnet, LifeCycleState: state })),
    };
  }

  private gone(target: FakeMountTarget): void {
    this.mountTargets = this.mountTargets.filter((one) => one !== target);
    this.onMountTargetGone?.(target.id);
  }

  private deleteMountTarget(id: string): unknown {
    const target = this.mountTargets.find((one) => one.id === id);
    if (!target) throw new Refusal('MountTargetNotFound', id, 404);
    Object.assign(target, { state: 'deleting', looks: this.slowness });
    return {};
  }

  private deleteFileSystem(id: string): unknown {
    if (!this.fileSystems.some((one) => one.id === id)) throw new Refusal('FileSystemNotFound', id, 404);
    if (this.mountTargets.some(({ fileSystem }) => fileSystem === id)) throw new Refusal('FileSystemInUse', id, 409);
    this.fileSystems = this.fileSystems.filter((one) => one.id !== id);
    return {};
  }
}
