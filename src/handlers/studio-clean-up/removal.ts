import { DeleteAppCommand, DeleteSpaceCommand, DeleteUserProfileCommand } from '@aws-sdk/client-sagemaker';
import { isDenied, sagemaker, unlessGone } from './aws';
import { Inventory, nameOfApp } from './inventory';

/** One thing to delete, and how. */
interface Removal {
  readonly name: string;
  readonly status?: string;
  readonly start: () => Promise<unknown>;
}

/** SageMaker allows few deletions a second; more at once are only throttled. */
const AT_ONCE = 5;

/**
 * Starts the deletion of whatever is next: apps, then the spaces that they ran in, then the profiles that own the
 * spaces. Answers what is left. Asked again until nothing is, so apps that people start meanwhile are caught as well.
 */
export async function removeNext(domainId: string, inventory: Inventory): Promise<string[]> {
  const removals = nextOf(domainId, inventory);
  const left: string[] = [];
  for (let i = 0; i < removals.length; i += AT_ONCE) {
    left.push(...await Promise.all(removals.slice(i, i + AT_ONCE).map(remove)));
  }
  return left;
}

function nextOf(DomainId: string, { apps, spaces, profiles }: Inventory): Removal[] {
  if (apps.length > 0) {
    return apps.map((app) => ({
      name: nameOfApp(app),
      status: app.Status,
      start: () => sagemaker.send(new DeleteAppCommand({
        DomainId,
        AppType: app.AppType,
        AppName: app.AppName,
        // An app is of a space or, older ones, of a profile; AWS refuses both together.
        ...(app.SpaceName !== undefined ? { SpaceName: app.SpaceName } : { UserProfileName: app.UserProfileName }),
      })),
    }));
  }
  if (spaces.length > 0) {
    return spaces.map(({ SpaceName, Status }) => ({
      name: `space ${SpaceName}`, status: Status, start: () => sagemaker.send(new DeleteSpaceCommand({ DomainId, SpaceName })),
    }));
  }
  return profiles.map(({ UserProfileName, Status }) => ({
    name: `user profile ${UserProfileName}`, status: Status, start: () => sagemaker.send(new DeleteUserProfileCommand({ DomainId, UserProfileName })),
  }));
}

/**
 * A refusal, such as "in use" for an app that is still starting, is told and tried again with the next look; only
 * missing permissions end it at once, because no waiting mends them.
 */
async function remove({ name, status, start }: Removal): Promise<string> {
  if (status === 'Deleting') return `${name} (being deleted)`;
  try {
    await unlessGone(start);
    return name;
  } catch (error) {
    if (isDenied(error)) throw error;
    return `${name} (${(error as Error).name})`;
  }
}
