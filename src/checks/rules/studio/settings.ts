import { Resource } from '../../core/resource';

/** Where settings of users are: of a domain's own users and of its shared spaces, or of one profile. */
export function settingsOf(resource: Resource): string[] {
  if (resource.type === 'AWS::SageMaker::UserProfile') return ['UserSettings'];
  return resource.at('DefaultSpaceSettings').value === undefined ? ['DefaultUserSettings'] : ['DefaultUserSettings', 'DefaultSpaceSettings'];
}
