import { ManagedFact, managedAllows } from '../../core/aws-managed';
import { Statement } from '../../core/policy';
import { Resource } from '../../core/resource';
import { isTrustedBySageMaker, policiesOf } from '../../core/role-policies';
import { Verdict } from '../../core/rule';
import { Template } from '../../core/template';
import { shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

const MANAGED = 'ManagedPolicyArns';

/** Said of a role with a policy that the template does not tell. */
export const OPEN_POLICY = unknown('Policies', 'A policy of the role is only known to the deployment.');

/** The verdicts on each statement of a role, and on policies that only their ARNs name, if SageMaker works with it. */
export function eachStatement(
  role: Resource, template: Template, fact: ManagedFact, what: string, judge: (statement: Statement) => Verdict[],
): Verdict[] {
  return where(isTrustedBySageMaker(role), () => {
    const { statements, managed, isOpen } = policiesOf(role, template);
    return [...statements.flatMap(judge), ...managed.flatMap((arn) => ofManaged(arn, fact, what)), ...isOpen ? OPEN_POLICY : COMPLIANT];
  });
}

/** What is said of a managed policy that is in no template. */
export function ofManaged(arn: Value, fact: ManagedFact, what: string): Verdict[] {
  const allows = managedAllows(arn, fact);
  if (allows === undefined) return unknown(MANAGED, `${nameOf(arn)}, and what it says is not in the template.`);
  return allows ? violation(MANAGED, `${MANAGED} has ${shown(arn).replace(/^.*\//, '')}, which allows ${what}.`) : COMPLIANT;
}

function nameOf(arn: Value): string {
  return arn instanceof Unknown ? `A policy in ${MANAGED} ${arn.why}` : `${MANAGED} has ${shown(arn)}`;
}
