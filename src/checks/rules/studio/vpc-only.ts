import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const DOMAIN_VPC_ONLY: Rule = {
  id: 'DomainVpcOnly',
  title: 'Studio reaches what it needs through the VPC alone.',
  remedy: 'Set AppNetworkAccessType to VpcOnly.',
  severity: 'high',
  types: ['AWS::SageMaker::Domain'],
  configRules: ['sagemaker-domain-in-vpc'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html',
  look: (domain) => is(domain.at('AppNetworkAccessType'), ['VpcOnly'], 'PublicInternetOnly'),
};
