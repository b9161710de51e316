import { statementsOf, trustOf } from '../../core/policy';
import { Rule } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

const SOURCES = /^aws:source(account|arn|orgid|orgpaths)$/;

export const EXECUTION_ROLE_TRUST: Rule = {
  id: 'ExecutionRoleTrust',
  title: 'Roles trust SageMaker for work of one\'s own account alone.',
  remedy: 'Give the trust a condition with aws:SourceAccount or aws:SourceArn.',
  severity: 'medium',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html',
  look: (role) => {
    if (statementsOf(role, 'AssumeRolePolicyDocument') === undefined) return unknown('AssumeRolePolicyDocument', 'AssumeRolePolicyDocument is only known to the deployment.');
    return trustOf(role).flatMap(({ at, conditions, isOpen }) => {
      if (conditions.some(({ key }) => SOURCES.test(key))) return COMPLIANT;
      return isOpen ? unknown('AssumeRolePolicyDocument', `${at} has a part that only the deployment knows.`) : violation('AssumeRolePolicyDocument', `${at} trusts SageMaker whoever it works for.`);
    });
  },
};
