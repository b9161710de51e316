import { isOnly } from '../../core/conditions';
import { Statement } from '../../core/policy';
import { isForSageMaker, mayBeForSageMaker, trustOf } from '../../core/role-policies';
import { Rule, Verdict } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

const TRUST = 'AssumeRolePolicyDocument';
const SOURCES = /^aws:source(account|arn|orgid|orgpaths)$/;

function trusting({ at, conditions, isOpen }: Statement): Verdict[] {
  const bounds = conditions.filter(({ key }) => SOURCES.test(key)).map(isOnly);
  if (bounds.includes(true)) return COMPLIANT;
  return isOpen || bounds.includes(undefined) ? unknown(TRUST, `${at} has a part that only the deployment knows.`) : violation(TRUST, `${at} trusts SageMaker whoever it works for.`);
}

export const EXECUTION_ROLE_TRUST: Rule = {
  id: 'ExecutionRoleTrust',
  title: 'Roles trust SageMaker only for work of an account, an organization or a resource that is named.',
  remedy: 'Give the trust a condition with aws:SourceAccount, or with aws:SourceArn of one account, that does not end in IfExists.',
  severity: 'medium',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html',
  look: (role) => {
    const may = unknown(TRUST, `${TRUST} may trust SageMaker: only the deployment will tell.`);
    return trustOf(role)?.flatMap((one) => (isForSageMaker(one) ? trusting(one) : mayBeForSageMaker(one) ? may : COMPLIANT)) ?? may;
  },
};
