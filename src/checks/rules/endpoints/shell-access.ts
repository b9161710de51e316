import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const ENDPOINT_SHELL_ACCESS: Rule = {
  id: 'EndpointShellAccess',
  title: 'Nobody opens a shell on instances of endpoints.',
  remedy: 'Leave EnableSSMAccess of each variant out.',
  severity: 'medium',
  types: ['AWS::SageMaker::EndpointConfig'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/ssm-access.html',
  look: (config) => ['ProductionVariants', 'ShadowProductionVariants'].flatMap((list) => config.each(list)).flatMap(({ path }) => is(config.at(`${path}.EnableSSMAccess`), [false], false)),
};
