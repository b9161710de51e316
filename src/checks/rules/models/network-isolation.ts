import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const MODEL_NETWORK_ISOLATION: Rule = {
  id: 'ModelNetworkIsolation',
  title: 'Containers of models reach no network.',
  remedy: 'Set EnableNetworkIsolation to true.',
  severity: 'medium',
  types: ['AWS::SageMaker::Model'],
  controls: ['SageMaker.5'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
  look: (model) => is(model.at('EnableNetworkIsolation'), [true], false),
};
