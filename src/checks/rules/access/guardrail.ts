import { OPEN_POLICY } from './each-statement';
import { holdsWithout, isAbout, isTrustedBySageMaker, policiesOf, Statement, statementsOf } from '../../core/policy';
import { Rule } from '../../core/rule';
import { Resource, Template } from '../../core/template';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

/** Actions that start work and know the condition key: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html */
const ACTIONS = [
  'sagemaker:CreateAutoMLJob', 'sagemaker:CreateAutoMLJobV2', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateModel', 'sagemaker:CreateProcessingJob',
  'sagemaker:CreateTrainingJob',
];

/** Whether conditions about the VPC let a statement be about jobs without one: undefined where there is none, or only the deployment knows. */
function isWithout({ conditions }: Statement): boolean | undefined {
  const answers = conditions.filter(({ key }) => key === 'sagemaker:vpcsubnets').map(holdsWithout);
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : answers.length > 0 || undefined;
}

/** Whether a statement denies jobs without a VPC, or all: undefined where only the deployment knows. */
function isDenial(one: Statement): boolean | undefined {
  if (one.effect !== 'Deny' || !one.resources.some((resource) => typeof resource === 'string' && resource.endsWith('*'))) return false;
  const isSo = one.conditions.length === 0 || isWithout(one);
  return isSo && (one.isOpen || one.mayBeMissing) ? undefined : isSo;
}

/** Statements of the permissions boundary: none if there is none, undefined if it is not in the template. */
function boundaryOf(role: Resource, template: Template): Statement[] | undefined {
  const { value } = role.at('PermissionsBoundary');
  if (value === undefined) return [];
  const policy = template.referred(value);
  return policy && statementsOf(policy, 'PolicyDocument', role);
}

export const EXECUTION_ROLE_GUARDRAIL: Rule = {
  id: 'ExecutionRoleGuardrail',
  title: 'Roles that SageMaker works with cannot start jobs outside of the VPC.',
  remedy: 'Deny the action, in a policy or the permissions boundary, where sagemaker:VpcSubnets is not given, or allow it only with a condition on it.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html',
  look: (role, template) => where(isTrustedBySageMaker(role), () => {
    const { statements, managed, isOpen } = policiesOf(role, template);
    const boundary = boundaryOf(role, template);
    const all = [...statements, ...boundary ?? []];
    const allowing = statements.filter((one) => one.effect === 'Allow' && isWithout(one) !== false);
    const undenied = ACTIONS.filter((action) => !all.some((one) => isDenial(one) && isAbout(one, action)));
    const free = undenied.filter((action) => allowing.some((one) => isAbout(one, action) !== false));
    if (free.length === 0) {
      return isOpen && undenied.length > 0 ? OPEN_POLICY : COMPLIANT;
    }
    const message = `Allowed without a condition on sagemaker:VpcSubnets: ${free.join(', ')}.`;
    const isCertain = allowing.some((one) => !one.isOpen && free.some((action) => isAbout(one, action)));
    const mayBeDenied = all.some((one) => isDenial(one) === undefined && one.conditions.some(({ key }) => key === 'sagemaker:vpcsubnets'));
    // What is not in the template may deny it.
    return (!isCertain || isOpen || mayBeDenied || managed.length > 0 || boundary === undefined ? unknown : violation)('', message);
  }),
};
