import { isOnly, isTrustedBySageMaker, trustOf } from '../../core/policy';
import { Rule } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

const TRUST = 'AssumeRolePolicyDocument';
const SOURCES = /^aws:source(account|arn|orgid|orgpaths)$/;

export const EXECUTION_ROLE_TRUST: Rule = {
  id: 'ExecutionRoleTrust',
  title: 'Roles trust SageMaker for work of one\'s own account alone.',
  remedy: 'Give the trust a condition with aws:SourceAccount or aws:SourceArn.',
  severity: 'medium',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html',
  look: (role) => {
    const trusting = trustOf(role);
    if (trusting.length === 0 && isTrustedBySageMaker(role) === undefined) return unknown(TRUST, `${TRUST} may trust SageMaker: only the deployment will tell.`);
    return trusting.flatMap(({ at, conditions, isOpen }) => {
      if (conditions.some((one) => SOURCES.test(one.key) && isOnly(one))) return COMPLIANT;
      return isOpen ? unknown(TRUST, `${at} has a part that only the deployment knows.`) : violation(TRUST, `${at} trusts SageMaker whoever it works for.`);
    });
  },
};
