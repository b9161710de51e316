import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const model = (properties: Record<string, unknown>) => one('AWS::SageMaker::Model', properties);

export const MODELS: RuleCases[] = [
  {
    rule: 'ModelNetworkIsolation',
    complies: [model({ EnableNetworkIsolation: true }), model({ EnableNetworkIsolation: 'true' })],
    breaks: [[model({}), 'EnableNetworkIsolation is not given, and is then false.'], [model({ EnableNetworkIsolation: false }), 'EnableNetworkIsolation is false.']],
    unknown: [[model({ EnableNetworkIsolation: GIVEN }), `EnableNetworkIsolation ${IS_GIVEN}.`]],
  },
];
