import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const DOMAIN_SESSION_IDENTITY: Rule = {
  id: 'DomainSessionIdentity',
  title: 'What people do in Studio is logged under their names.',
  remedy: 'Set DomainSettings.ExecutionRoleIdentityConfig to USER_PROFILE_NAME.',
  severity: 'low',
  types: ['AWS::SageMaker::Domain'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html',
  look: (domain) => is(domain.at('DomainSettings.ExecutionRoleIdentityConfig'), ['USER_PROFILE_NAME'], 'DISABLED'),
};
