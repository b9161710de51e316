import { Rule } from '../../core/rule';
import { is, unknown } from '../../core/verdicts';

/** `supportedPlatformIdentifierVersions` of the control, which cannot be changed. */
const SUPPORTED = ['notebook-al2023-v1'];

export const NOTEBOOK_PLATFORM: Rule = {
  id: 'NotebookPlatform',
  title: 'Notebook instances run on a platform that is supported.',
  remedy: 'Set PlatformIdentifier to notebook-al2023-v1.',
  severity: 'medium',
  types: ['AWS::SageMaker::NotebookInstance'],
  controls: ['SageMaker.8'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2.html',
  look: (notebook) => {
    const platform = notebook.at('PlatformIdentifier');
    return platform.value === undefined ? unknown(platform.path, 'PlatformIdentifier is not given, and SageMaker chooses.') : is(platform, SUPPORTED);
  },
};
