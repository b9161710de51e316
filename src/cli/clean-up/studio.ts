import { Wish } from './deletion';
import { Item } from './item';
import { DeployedResource, Place } from './place';
import { makerOf } from './stacks';

interface App {
  readonly AppType: string;
  readonly AppName: string;
  readonly SpaceName?: string;
  readonly UserProfileName?: string;
  readonly Status?: string;
}
interface Space {
  readonly SpaceName: string;
  readonly OwnershipSettingsSummary?: { readonly OwnerUserProfileName?: string };
}
interface Profile {
  readonly UserProfileName: string;
}

/** What people have started and made in the domain, and what they would lose. */
export async function studioOf(place: Place, domainId: string, made: DeployedResource[], { includeData }: Wish): Promise<Item[]> {
  const { account, region } = place;
  const item = (type: string, name: string, fate: Item['fate'], why: string, how?: string): Item => ({ phase: 'studio', account, region, type, name: `${domainId}/${name}`, fate, why, how });
  const apps = (await listed<App>(place, domainId, 'ListApps', 'Apps')).filter(({ Status }) => Status !== 'Deleted');
  const spaces = await listed<Space>(place, domainId, 'ListSpaces', 'Spaces');
  const profiles = (await listed<Profile>(place, domainId, 'ListUserProfiles', 'UserProfiles')).filter(({ UserProfileName: name }) => (
    !made.some(({ type, physicalId }) => type === 'AWS::SageMaker::UserProfile' && physicalId.split(/[|/]/).includes(name))
  ));
  return [
    ...apps.map((app) => item('application', nameOfApp(app), 'delete', 'It runs; what is not saved in it is lost.')),
    ...spaces.map(({ SpaceName, OwnershipSettingsSummary: { OwnerUserProfileName: owner = 'several people' } = {} }) => includeData
      ? item('space', SpaceName, 'delete', `It holds the work of ${owner} on a volume, and --include-data was said.`)
      : item('space', SpaceName, 'blocked', `It holds the work of ${owner} on a volume, and the domain cannot go before it.`, 'Save what is to be kept, then delete the space in Studio, or say --include-data.')),
    ...await Promise.all(profiles.map(async ({ UserProfileName: name }) => {
      const maker = await makerOf(place, `${name}|${domainId}`) ?? await makerOf(place, name);
      return maker === undefined ? item('user profile', name, 'delete', 'It was made by hand, and the domain cannot go before it.')
        : item('user profile', name, 'blocked', `The stack ${nameOfStack(maker)} made it.`, 'Delete that stack, or take the user out of it.');
    })),
  ];
}

/** As people find it again in Studio and in the console. */
function nameOfApp({ SpaceName, UserProfileName, AppType, AppName }: App): string {
  return `${SpaceName === undefined ? `profile:${UserProfileName}` : SpaceName}/${AppType}/${AppName}`;
}

export function nameOfStack(id: string): string {
  return id.split('/')[1] ?? id;
}

function listed<T>({ aws }: Place, DomainIdEquals: string, operation: string, list: string): Promise<T[]> {
  return aws.allJson<T>('sagemaker', 'SageMaker', { action: `sagemaker:${operation}`, subject: `the ${list} of the domain ${DomainIdEquals}`, absent: ['ResourceNotFound'] }, list, { DomainIdEquals });
}
