import { isTrustedBySageMaker, policiesOf, Statement } from '../../core/policy';
import { Verdict } from '../../core/rule';
import { Resource, Template } from '../../core/template';
import { COMPLIANT, unknown, where } from '../../core/verdicts';

/** Said of a role with a policy that the template does not tell. */
export const OPEN_POLICY = unknown('Policies', 'A policy of the role is only known to the deployment.');

/** The verdicts on each statement of a role, if SageMaker works with it. */
export function eachStatement(role: Resource, template: Template, judge: (statement: Statement) => Verdict[]): Verdict[] {
  return where(isTrustedBySageMaker(role), () => {
    const { statements, isOpen } = policiesOf(role, template);
    return [...statements.flatMap(judge), ...isOpen ? OPEN_POLICY : COMPLIANT];
  });
}
