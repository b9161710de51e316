import {
  AppDetails, paginateListApps, paginateListSpaces, paginateListUserProfiles, SpaceDetails, UserProfileDetails,
} from '@aws-sdk/client-sagemaker';
import { everyPage, sagemaker, unlessGone } from './aws';

/** What people have started and made in a domain. */
export interface Inventory {
  readonly apps: AppDetails[];
  readonly spaces: SpaceDetails[];
  readonly profiles: UserProfileDetails[];
}

/** What is in a domain; with a user, only what is theirs, without the profile itself. */
export async function inventoryOf(domainId: string, user?: string): Promise<Inventory> {
  // One for each list: paginators write the token of the next page into what they are given.
  const filter = () => ({ DomainIdEquals: domainId });
  const paging = { client: sagemaker, pageSize: 100 };
  const spaces = await unlessGone(() => everyPage(paginateListSpaces(paging, filter()), (page) => page.Spaces)) ?? [];
  // SageMaker lists a deleted app for another day.
  const apps = (await unlessGone(() => everyPage(paginateListApps(paging, filter()), (page) => page.Apps)) ?? [])
    .filter((app) => app.Status !== 'Deleted');
  if (user !== undefined) return belongingTo(user, apps, spaces);
  const profiles = await unlessGone(() => everyPage(paginateListUserProfiles(paging, filter()), (page) => page.UserProfiles)) ?? [];
  return { apps, spaces, profiles };
}

function belongingTo(user: string, apps: AppDetails[], spaces: SpaceDetails[]): Inventory {
  const theirs = spaces.filter((space) => same(space.OwnershipSettingsSummary?.OwnerUserProfileName, user));
  const names = new Set(theirs.map((space) => space.SpaceName));
  return {
    apps: apps.filter((app) => same(app.UserProfileName, user) || (app.SpaceName !== undefined && names.has(app.SpaceName))),
    spaces: theirs,
    profiles: [],
  };
}

/** Profile names ignore case. */
function same(name: string | undefined, other: string): boolean {
  return name?.toLowerCase() === other.toLowerCase();
}

/** What nobody is deleting. */
export function staying({ apps, spaces, profiles }: Inventory): Inventory {
  const stays = ({ Status }: { Status?: string }) => Status !== 'Deleting';
  return { apps: apps.filter(stays), spaces: spaces.filter(stays), profiles: profiles.filter(stays) };
}

/** Everything by a name that people find again in Studio and in the console. */
export function namesOf({ apps, spaces, profiles }: Inventory): string[] {
  return [
    ...apps.map(nameOfApp),
    ...spaces.map((space) => `space ${space.SpaceName}`),
    ...profiles.map((profile) => `user profile ${profile.UserProfileName}`),
  ];
}

export function nameOfApp(app: AppDetails): string {
  return `app ${app.SpaceName ?? app.UserProfileName}/${app.AppType}/${app.AppName}`;
}
