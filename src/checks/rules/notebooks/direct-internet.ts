import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const NOTEBOOK_DIRECT_INTERNET: Rule = {
  id: 'NotebookDirectInternet',
  title: 'Notebook instances have no direct internet access.',
  remedy: 'Set DirectInternetAccess to Disabled, and give the instance a subnet.',
  severity: 'high',
  types: ['AWS::SageMaker::NotebookInstance'],
  controls: ['SageMaker.1'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html',
  look: (notebook) => is(notebook.at('DirectInternetAccess'), ['Disabled'], 'Enabled'),
};
