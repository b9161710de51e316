import {
  AppType, DeleteAppCommand, DescribeAppCommand, DescribeDomainCommand, DescribeSpaceCommand, DescribeUserProfileCommand,
} from '@aws-sdk/client-sagemaker';
import { atAction, sagemaker } from './sagemaker';
import { unlessGone } from '../faults';
import { command, Kind } from '../seen';

/** Applications of Studio. Deleted: the volume of their space, with the work in it, stays. */
export const APPLICATION: Kind = {
  action: 'delete-application',
  look: async ({ name }) => {
    const { DomainId, UserProfileName, SpaceName, AppType: type, AppName } = name;
    const app = { DomainId, UserProfileName, SpaceName, AppType: type as AppType, AppName };
    const described = await unlessGone(() => sagemaker.send(new DescribeAppCommand(app)));
    if (described === undefined || described.Status === 'Deleted') return undefined;
    const { ResourceSpec } = described;
    return {
      arn: described.AppArn!,
      since: String(described.CreationTime?.toISOString()),
      isActive: described.Status === 'InService' || described.Status === 'Pending',
      about: { AppType: type, ResourceSpec },
      roles: () => rolesOf(app),
      resources: { App: { Type: 'AWS::SageMaker::App', Properties: { AppType: type, ResourceSpec } } },
      requests: [atAction('CreateApp', { InstanceTypes: ResourceSpec?.InstanceType === undefined ? undefined : [ResourceSpec.InstanceType] })],
      correct: () => sagemaker.send(new DeleteAppCommand(app)),
      undo: [command('sagemaker', 'create-app', {
        'domain-id': DomainId,
        'user-profile-name': UserProfileName,
        'space-name': SpaceName,
        'app-type': type,
        'app-name': AppName,
        'resource-spec': ResourceSpec && JSON.stringify(ResourceSpec),
      })],
    };
  },
};

interface Place {
  readonly DomainId: string;
  readonly UserProfileName?: string;
  readonly SpaceName?: string;
}

/** The role of the user profile whose application or private space it is, or of shared spaces; the domain has one for whom nothing is said. */
async function rolesOf({ DomainId, UserProfileName: named, SpaceName }: Place): Promise<string[]> {
  const space = SpaceName === undefined ? undefined : await unlessGone(() => sagemaker.send(new DescribeSpaceCommand({ DomainId, SpaceName })));
  const UserProfileName = named ?? (space?.SpaceSharingSettings?.SharingType === 'Private' ? space.OwnershipSettings?.OwnerUserProfileName : undefined);
  const profile = UserProfileName && await unlessGone(() => sagemaker.send(new DescribeUserProfileCommand({ DomainId, UserProfileName })));
  const said = profile ? profile.UserSettings?.ExecutionRole : undefined;
  return [said ?? await roleOfDomain(DomainId, UserProfileName === undefined)].filter((role) => role !== undefined);
}

async function roleOfDomain(DomainId: string, isShared: boolean): Promise<string | undefined> {
  const domain = await unlessGone(() => sagemaker.send(new DescribeDomainCommand({ DomainId })));
  return (isShared ? domain?.DefaultSpaceSettings : domain?.DefaultUserSettings)?.ExecutionRole;
}
