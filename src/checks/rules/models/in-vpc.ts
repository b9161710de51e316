import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const MODEL_IN_VPC: Rule = {
  id: 'ModelInVpc',
  title: 'Models run in a VPC of one\'s own.',
  remedy: 'Give the model a VpcConfig with Subnets and SecurityGroupIds.',
  severity: 'medium',
  types: ['AWS::SageMaker::Model'],
  configRules: ['sagemaker-model-in-vpc'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html',
  look: (model) => isGiven(model.at('VpcConfig.Subnets')),
};
