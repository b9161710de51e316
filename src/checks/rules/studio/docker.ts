import { Rule } from '../../core/rule';
import { isGiven, isOn, where } from '../../core/verdicts';

export const DOMAIN_DOCKER: Rule = {
  id: 'DomainDocker',
  title: 'Studio does not let people run containers of any registry.',
  remedy: 'Leave DomainSettings.DockerSettings.EnableDockerAccess out, or name VpcOnlyTrustedAccounts.',
  severity: 'medium',
  types: ['AWS::SageMaker::Domain'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-local.html',
  look: (domain) => where(isOn(domain.at('DomainSettings.DockerSettings.EnableDockerAccess'), 'ENABLED'), () => (
    isGiven(domain.at('DomainSettings.DockerSettings.VpcOnlyTrustedAccounts'))
  )),
};
