import { settingsOf } from './settings';
import { Rule } from '../../core/rule';
import { isNot } from '../../core/verdicts';

export const STUDIO_SHARING: Rule = {
  id: 'StudioSharing',
  title: 'Studio shares no outputs of notebooks.',
  remedy: 'Set SharingSettings.NotebookOutputOption to Disabled.',
  severity: 'medium',
  types: ['AWS::SageMaker::Domain', 'AWS::SageMaker::UserProfile'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SharingSettings.html',
  look: (resource) => settingsOf(resource).filter((at) => at !== 'DefaultSpaceSettings').flatMap((at) => isNot(resource.at(`${at}.SharingSettings.NotebookOutputOption`), ['Allowed'])),
};
