import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const APP_IMAGE_CONFIG_TAGS: Rule = {
  id: 'AppImageConfigTags',
  title: 'Configurations of images have a tag.',
  remedy: 'Give the configuration a tag, such as its owner.',
  severity: 'low',
  types: ['AWS::SageMaker::AppImageConfig'],
  controls: ['SageMaker.6'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html',
  look: (config) => isGiven(config.at('Tags')),
};
