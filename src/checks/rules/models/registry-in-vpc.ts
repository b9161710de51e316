import { containersOf } from './containers';
import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const MODEL_REGISTRY_IN_VPC: Rule = {
  id: 'ModelRegistryInVpc',
  title: 'Images of models come from a private registry in the VPC.',
  remedy: 'Set ImageConfig.RepositoryAccessMode of each container to Vpc, or acknowledge that Amazon ECR is the private registry.',
  severity: 'low',
  types: ['AWS::SageMaker::Model'],
  controls: ['SageMaker.16', 'SageMaker.19'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html',
  look: (model) => containersOf(model).flatMap(({ path }) => is(model.at(`${path}.ImageConfig.RepositoryAccessMode`), ['Vpc'], 'Platform')),
};
