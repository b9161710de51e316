import { isAbout, isTrustedBySageMaker, policiesOf, Statement, statementsOf } from '../../core/policy';
import { Rule } from '../../core/rule';
import { Resource, Template } from '../../core/template';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

/** Actions that start work and know the condition key: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html */
const ACTIONS = [
  'sagemaker:CreateAutoMLJob', 'sagemaker:CreateAutoMLJobV2', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateModel', 'sagemaker:CreateProcessingJob',
  'sagemaker:CreateTrainingJob',
];
const isBound = ({ conditions }: Statement) => conditions.some(({ key }) => key === 'sagemaker:vpcsubnets');

/** Statements of the permissions boundary: none if there is none, undefined if it is not in the template. */
function boundaryOf(role: Resource, template: Template): Statement[] | undefined {
  const { value } = role.at('PermissionsBoundary');
  if (value === undefined) return [];
  const policy = template.referred(value);
  return policy && statementsOf(policy, 'PolicyDocument');
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
    const denying = [...statements, ...boundary ?? []].filter((one) => one.effect === 'Deny' && !one.isOpen && isBound(one));
    const allowing = statements.filter((one) => one.effect === 'Allow' && !isBound(one));
    const free = ACTIONS.filter((action) => !denying.some((one) => isAbout(one, action)) && allowing.some((one) => isAbout(one, action) !== false));
    if (free.length === 0) return isOpen ? unknown('Policies', 'A policy of the role is only known to the deployment.') : COMPLIANT;
    const message = `Allowed without a condition on sagemaker:VpcSubnets: ${free.join(', ')}.`;
    const isCertain = allowing.some((one) => !one.isOpen && free.some((action) => isAbout(one, action)));
    // What is not in the template may deny it.
    return (!isCertain || isOpen || managed.length > 0 || boundary === undefined ? unknown : violation)('', message);
  }),
};
