import { Check } from '../check';
import { problem } from '../finding';

/** People can sign in as the domain asks. */
export const SIGN_IN: Check = {
  name: 'sign-in',
  title: 'IAM Identity Center is there, if the Studio domain\'s people sign in by it.',
  actions: ['sso:ListInstances'],
  look: async (stack, account) => {
    const domains = stack.added('AWS::SageMaker::Domain').filter(({ properties }) => properties.AuthMode === 'SSO');
    if (domains.length === 0) return [];
    const answer = await account.json<{ Instances?: unknown[] }>('sso', 'SWBExternalService', { action: 'sso:ListInstances', subject: 'IAM Identity Center' });
    return answer?.Instances?.length ? []
      : [problem(`The Studio domain's AuthMode is SSO, and IAM Identity Center is not in ${account.region}.`, 'Enable IAM Identity Center in this region, or let people sign in by IAM.')];
  },
};
