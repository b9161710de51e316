import { Rule } from '../../core/rule';
import { is, isGiven, isOn, where } from '../../core/verdicts';

export const DOMAIN_DOCKER: Rule = {
  id: 'DomainDocker',
  title: 'Studio does not let people run containers of any registry.',
  remedy: 'Leave DomainSettings.DockerSettings.EnableDockerAccess out, or name VpcOnlyTrustedAccounts of a domain whose AppNetworkAccessType is VpcOnly.',
  severity: 'medium',
  types: ['AWS::SageMaker::Domain'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-local.html',
  look: (domain) => where(isOn(domain.at('DomainSettings.DockerSettings.EnableDockerAccess'), 'ENABLED'), () => {
    const found = isGiven(domain.at('DomainSettings.DockerSettings.VpcOnlyTrustedAccounts'));
    // Elsewhere nobody asks whose the registry is.
    return found.length > 0 ? found : is(domain.at('AppNetworkAccessType'), ['VpcOnly'], 'PublicInternetOnly');
  }),
};
