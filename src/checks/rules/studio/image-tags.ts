import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const IMAGE_TAGS: Rule = {
  id: 'ImageTags',
  title: 'Images of Studio have a tag.',
  remedy: 'Give the image a tag, such as its owner.',
  severity: 'low',
  types: ['AWS::SageMaker::Image'],
  controls: ['SageMaker.7'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html',
  look: (image) => isGiven(image.at('Tags')),
};
