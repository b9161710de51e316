import { OPEN_POLICY, ofManaged } from './each-statement';
import { managedAllows } from '../../core/aws-managed';
import { holdsWithout } from '../../core/conditions';
import { isWithin } from '../../core/pattern';
import { isAbout, Statement, statementsOf } from '../../core/policy';
import { Resource } from '../../core/resource';
import { isTrustedBySageMaker, managedPolicy, policiesOf } from '../../core/role-policies';
import { Rule } from '../../core/rule';
import { Template } from '../../core/template';
import { arnParts, Value } from '../../core/value';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

const KEY = 'sagemaker:vpcsubnets';
/** Actions that start work, or make what starts it, and know the condition key: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemakerai.html */
export const ACTIONS = [
  'CreateAutoMLJob', 'CreateAutoMLJobV2', 'CreateCluster', 'CreateDataQualityJobDefinition', 'CreateHyperParameterTuningJob', 'CreateJob', 'CreateModel',
  'CreateModelBiasJobDefinition', 'CreateModelExplainabilityJobDefinition', 'CreateModelQualityJobDefinition', 'CreateMonitoringSchedule', 'CreateNotebookInstance',
  'CreateProcessingJob', 'CreateTrainingJob',
].map((name) => `sagemaker:${name}`);

/** Whether a pattern is all of SageMaker, in every region and account. */
function isEverywhere(pattern: string): boolean {
  const [, , service, ...rest] = arnParts(pattern);
  return pattern === '*' || (service === 'sagemaker' && rest.join(':') === '*:*:*');
}

/** Whether conditions let a statement be about jobs without a VPC: undefined where there is none about it, or only the deployment knows. */
function isWithout({ conditions }: Statement): boolean | undefined {
  const answers = conditions.filter(({ key }) => key === KEY).map(holdsWithout);
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : answers.length > 0 || undefined;
}

/** Whether a statement denies every job without a VPC, or every one: undefined where only the deployment knows. */
function isDenial(one: Statement): boolean | undefined {
  if (one.effect !== 'Deny' || one.isElsewhere) return false;
  // A further condition leaves out jobs that it does not hold for.
  if (one.conditions.some(({ key }) => key !== KEY)) return false;
  const answers = one.conditions.map(holdsWithout);
  const isSo = answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  return isSo && (one.isOpen || one.mayBeMissing) ? undefined : isSo;
}

/** Whether a denial is about all that another statement allows. */
function covers(denial: Statement, allowed: readonly Value[]): boolean {
  const everywhere = denial.resources.filter((one): one is string => typeof one === 'string');
  if (everywhere.some(isEverywhere)) return true;
  return allowed.length > 0 && allowed.every((one) => typeof one === 'string' && everywhere.some((other) => isWithin(one, other)));
}

/** Statements of the permissions boundary: undefined if there is none, or it is in no template. */
function boundaryOf(role: Resource, template: Template): Statement[] | undefined {
  const policy = managedPolicy(role.at('PermissionsBoundary').value, role, template);
  return policy && statementsOf(policy, 'PolicyDocument', role);
}

export const EXECUTION_ROLE_GUARDRAIL: Rule = {
  id: 'ExecutionRoleGuardrail',
  title: 'Roles that SageMaker works with cannot start jobs outside of the VPC.',
  remedy: 'Deny the actions on every resource, in a policy or the permissions boundary, where sagemaker:VpcSubnets is not given and on no further condition, or allow them only with a condition on it.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html',
  look: (role, template) => where(isTrustedBySageMaker(role), () => {
    const { statements, managed, isOpen: hasOpen } = policiesOf(role, template);
    const boundary = boundaryOf(role, template);
    const isBoundElsewhere = role.at('PermissionsBoundary').value !== undefined && boundary === undefined;
    const all = [...statements, ...boundary ?? []];
    const isDenied = (action: string, resources: readonly Value[]) => (
      all.some((one) => isDenial(one) && isAbout(one, action) && covers(one, resources))
    );
    const isBounded = (action: string) => boundary !== undefined && !boundary.some((one) => one.effect === 'Allow' && isWithout(one) !== false && isAbout(one, action) !== false);
    const allowing = statements.filter((one) => one.effect === 'Allow' && isWithout(one) !== false);
    const free = (isSure: boolean) => ACTIONS.filter((action) => !isBounded(action) && allowing.some((one) => (
      (isSure ? !one.isOpen && isAbout(one, action) === true : isAbout(one, action) !== false)
      && !isDenied(action, one.isElsewhere ? [] : one.resources)
    )));
    const undenied = ACTIONS.filter((action) => !isBounded(action) && !isDenied(action, []));
    // What is in no template may allow it.
    const elsewhere = undenied.length === 0 ? COMPLIANT : [...managed.flatMap((arn) => ofManaged(arn, 'jobs', 'jobs outside of the VPC')), ...hasOpen ? OPEN_POLICY : COMPLIANT];
    const [sure, perhaps] = [free(true), free(false)];
    if (perhaps.length === 0) return elsewhere;
    const mayBeDenied = all.some((one) => isDenial(one) === undefined && ACTIONS.some((action) => isAbout(one, action) !== false));
    // And may deny it.
    const isCertain = sure.length > 0 && !hasOpen && !mayBeDenied && !isBoundElsewhere && managed.every((arn) => managedAllows(arn, 'jobs') !== undefined);
    return (isCertain ? violation : unknown)('', `Allowed without a condition on sagemaker:VpcSubnets: ${perhaps.join(', ')}.`);
  }),
};
