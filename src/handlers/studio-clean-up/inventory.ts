import {
  AppDetails, paginateListApps, paginateListSpaces, paginateListUserProfiles, SpaceDetails, UserProfileDetails,
} from '@aws-sdk/client-sagemaker';
import { sagemaker, unlessGone } from './aws';
import { everyPage } from '../aws/sdk';

/** What people have started and made in a domain. */
export interface Inventory {
  readonly apps: AppDetails[];
  readonly spaces: SpaceDetails[];
  readonly profiles: UserProfileDetails[];
}

/** What is in a domain; with users, only what is theirs, without the profiles themselves. */
export async function inventoryOf(domainId: string, users?: string[]): Promise<Inventory> {
  // One for each list: paginators write the token of the next page into what they are given.
  const filter = () => ({ DomainIdEquals: domainId });
  const paging = { client: sagemaker, pageSize: 100 };
  const spaces = await unlessGone(() => everyPage(paginateListSpaces(paging, filter()), (page) => page.Spaces)) ?? [];
  // SageMaker lists a deleted app for another day.
  const apps = (await unlessGone(() => everyPage(paginateListApps(paging, filter()), (page) => page.Apps)) ?? [])
    .filter((app) => app.Status !== 'Deleted');
  if (users !== undefined) return belongingTo(users, apps, spaces);
  const profiles = await unlessGone(() => everyPage(paginateListUserProfiles(paging, filter()), (page) => page.UserProfiles)) ?? [];
  return { apps, spaces, profiles };
}

function belongingTo(users: string[], apps: AppDetails[], spaces: SpaceDetails[]): Inventory {
  // Profile names ignore case.
  const names = new Set(users.map((user) => user.toLowerCase()));
  const isOne = (name?: string) => name !== undefined && names.has(name.toLowerCase());
  const theirs = spaces.filter((space) => isOne(space.OwnershipSettingsSummary?.OwnerUserProfileName));
  const places = new Set(theirs.map((space) => space.SpaceName));
  return {
    apps: apps.filter((app) => isOne(app.UserProfileName) || (app.SpaceName !== undefined && places.has(app.SpaceName))),
    spaces: theirs,
    profiles: [],
  };
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
