import { isTrustedBySageMaker, policiesOf } from '../../core/role-policies';
import { Rule, Verdict } from '../../core/rule';
import { isOpen, shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

const PATH = 'ManagedPolicyArns';
/** Those that end in the name of a service with "full access", and of an account's administrators. */
const WIDE = /(^|\/)(\w*FullAccess|AdministratorAccess|PowerUserAccess)$/;
/** A policy whose name is known, in whatever partition. */
const NAMED = /:policy\/[\w+=,.@/-]+$/;

function managed(arn: Value): Verdict[] {
  if (typeof arn === 'string' && WIDE.test(arn)) return violation(PATH, `${PATH} has ${arn.replace(/^.*\//, '')}.`);
  if (typeof arn === 'string' && (NAMED.test(arn) || !isOpen(arn))) return COMPLIANT;
  return unknown(PATH, `A policy in ${PATH} ${arn instanceof Unknown ? arn.why : `is ${shown(arn)}`}.`);
}

export const EXECUTION_ROLE_MANAGED_POLICIES: Rule = {
  id: 'ExecutionRoleManagedPolicies',
  title: 'Roles that SageMaker works with have no policy of AWS that allows a service or an account as a whole.',
  remedy: 'Write a policy of the actions and resources that jobs and notebooks need.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol.html',
  look: (role, template) => where(isTrustedBySageMaker(role), () => policiesOf(role, template).managed.flatMap(managed)),
};
