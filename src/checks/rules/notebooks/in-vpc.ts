import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const NOTEBOOK_IN_VPC: Rule = {
  id: 'NotebookInVpc',
  title: 'Notebook instances are in a VPC of one\'s own.',
  remedy: 'Give the instance a SubnetId and SecurityGroupIds.',
  severity: 'high',
  types: ['AWS::SageMaker::NotebookInstance'],
  controls: ['SageMaker.2'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html',
  look: (notebook) => isGiven(notebook.at('SubnetId')),
};
