import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const NOTEBOOK_METADATA_SERVICE: Rule = {
  id: 'NotebookMetadataService',
  title: 'Notebook instances answer the metadata service only in its second version.',
  remedy: 'Set InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion to 2.',
  severity: 'medium',
  types: ['AWS::SageMaker::NotebookInstance'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html',
  look: (notebook) => is(notebook.at('InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion'), ['2'], '1'),
};
