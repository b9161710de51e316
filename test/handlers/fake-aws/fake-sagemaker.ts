import { page, Refusal } from './answer';

interface Thing {
  status: string;
  /** How many more looks until a deletion is done. */
  looks: number;
}
export interface FakeApp extends Thing { space?: string; profile?: string; type: string; name: string }
export interface FakeSpace extends Thing { name: string; owner?: string }
export interface FakeProfile extends Thing { name: string }

/** A Studio domain with what people made in it. Like SageMaker, it deletes nothing that something else still needs. */
export class FakeSageMaker {
  readonly domains = new Map<string, string>();
  apps: FakeApp[] = [];
  spaces: FakeSpace[] = [];
  profiles: FakeProfile[] = [];
  /** Looks that a deletion takes. */
  slowness = 1;
  /** What SageMaker itself returns at most in a page. */
  pageSize = 100;

  app(space: string, name = 'default', type = 'JupyterLab', status = 'InService'): void {
    this.apps.push({ space, type, name, status, looks: 0 });
  }

  space(name: string, owner?: string, status = 'InService'): void {
    this.spaces.push({ name, owner, status, looks: 0 });
  }

  profile(name: string): void {
    this.profiles.push({ name, status: 'InService', looks: 0 });
  }

  call(operation: string, input: Record<string, string>): unknown {
    const operations: Record<string, () => unknown> = {
      DescribeDomain: () => this.describeDomain(input.DomainId),
      ListApps: () => this.list('Apps', input, this.look(this.apps, true).map((app) => ({
        DomainId: input.DomainIdEquals, SpaceName: app.space, UserProfileName: app.profile, AppType: app.type, AppName: app.name, Status: app.status,
      }))),
      ListSpaces: () => this.list('Spaces', input, (this.spaces = this.look(this.spaces)).map((space) => ({
        DomainId: input.DomainIdEquals, SpaceName: space.name, Status: space.status, OwnershipSettingsSummary: { OwnerUserProfileName: space.owner },
      }))),
      ListUserProfiles: () => this.list('UserProfiles', input, (this.profiles = this.look(this.profiles)).map((profile) => ({
        DomainId: input.DomainIdEquals, UserProfileName: profile.name, Status: profile.status,
      }))),
      DeleteApp: () => this.deleteApp(input),
      DeleteSpace: () => this.deleteSpace(input),
      DeleteUserProfile: () => this.deleteProfile(input),
    };
    if (!operations[operation]) throw new Refusal('UnknownOperationException', operation);
    return operations[operation]();
  }

  private describeDomain(DomainId: string): unknown {
    const status = this.domains.get(DomainId);
    if (status === undefined) throw new Refusal('ResourceNotFound', `Domain ${DomainId} does not exist`);
    if (status.startsWith('Deleting')) {
      const looks = Number(status.split(' ')[1] ?? 0);
      if (looks === 0) this.domains.delete(DomainId);
      else this.domains.set(DomainId, `Deleting ${looks - 1}`);
      return { DomainId, Status: 'Deleting' };
    }
    return { DomainId, Status: status };
  }

  private list(key: string, input: Record<string, string>, all: unknown[]): unknown {
    if (!this.domains.has(input.DomainIdEquals)) throw new Refusal('ResourceNotFound', 'no such domain');
    const { DomainIdEquals, MaxResults = 10, NextToken } = input;
    const { items, next } = page({ name: key, filters: DomainIdEquals }, all, Math.min(this.pageSize, Number(MaxResults)), NextToken);
    return { [key]: items, NextToken: next };
  }

  /** Time passes with each look; a deleted app stays listed, as on AWS. */
  private look<T extends Thing>(things: T[], keep = false): T[] {
    for (const thing of things) if (thing.status === 'Deleting' && thing.looks-- <= 0) thing.status = 'Deleted';
    return keep ? things : things.filter((thing) => thing.status !== 'Deleted');
  }

  private deleteApp(input: Record<string, string>): unknown {
    if ((input.SpaceName === undefined) === (input.UserProfileName === undefined)) throw new Refusal('ValidationException', 'either space or profile');
    const app = this.apps.find((one) => one.space === input.SpaceName && one.profile === input.UserProfileName
      && one.type === input.AppType && one.name === input.AppName && one.status !== 'Deleted');
    if (!app) throw new Refusal('ResourceNotFound');
    if (app.status === 'Pending') {
      app.status = 'InService';
      throw new Refusal('ResourceInUse', 'the app is starting');
    }
    return this.start(app);
  }

  private deleteSpace(input: Record<string, string>): unknown {
    const space = this.spaces.find((one) => one.name === input.SpaceName);
    if (!space) throw new Refusal('ResourceNotFound');
    if (this.apps.some((app) => app.space === space.name && app.status !== 'Deleted')) throw new Refusal('ResourceInUse', 'apps in the space');
    return this.start(space);
  }

  private deleteProfile(input: Record<string, string>): unknown {
    const profile = this.profiles.find((one) => one.name === input.UserProfileName);
    if (!profile) throw new Refusal('ResourceNotFound');
    if (this.spaces.some((space) => space.owner === profile.name)) throw new Refusal('ResourceInUse', 'spaces of the profile');
    return this.start(profile);
  }

  private start(thing: Thing): unknown {
    if (thing.status !== 'Deleting') Object.assign(thing, { status: 'Deleting', looks: this.slowness });
    return {};
  }
}
