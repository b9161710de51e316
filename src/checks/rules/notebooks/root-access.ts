import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const NOTEBOOK_ROOT_ACCESS: Rule = {
  id: 'NotebookRootAccess',
  title: 'People are not root on notebook instances.',
  remedy: 'Set RootAccess to Disabled. Lifecycle scripts run as root all the same.',
  severity: 'high',
  types: ['AWS::SageMaker::NotebookInstance'],
  controls: ['SageMaker.3'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html',
  look: (notebook) => is(notebook.at('RootAccess'), ['Disabled'], 'Enabled'),
};
