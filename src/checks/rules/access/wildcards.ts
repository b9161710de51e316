import { eachStatement } from './each-statement';
import { isEveryResource } from '../../core/pattern';
import { Statement } from '../../core/policy';
import { Rule, Verdict } from '../../core/rule';
import { isOpen, shown, Unknown, Value, widest } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** All actions, or all of one service, or all of it that has a letter. */
const WHOLE = /^([*?]*\*[*?]*|[\w*?-]+:[*?]*\*[*?]*)$/;

/** What is certain of a text, or what may be: undefined if it is neither. */
function certainty(value: Value, isSo: (text: string) => boolean): 'certain' | 'perhaps' | undefined {
  if (value instanceof Unknown) return 'perhaps';
  if (typeof value !== 'string') return undefined;
  return isSo(value) ? 'certain' : isOpen(value) && isSo(widest(value)) ? 'perhaps' : undefined;
}

function wide({ at, effect, actions, isAllBut, resources, isElsewhere, isOpen: isPartOpen, mayBeMissing }: Statement): Verdict[] {
  if (effect === 'Deny') return COMPLIANT;
  const whole = actions.map((one) => ({ one, is: certainty(one, (text) => WHOLE.test(text)) })).filter(({ is }) => is !== undefined);
  if (whole.length === 0 && !isAllBut) return COMPLIANT;
  const named = isAllBut ? 'all but a few actions' : whole.map(({ one }) => (one instanceof Unknown ? `what ${one.why}` : shown(one))).join(', ');
  // What is named of others is nothing of what it allows.
  if (isElsewhere) return (isPartOpen && mayBeMissing ? unknown : violation)('', `${at} allows ${named} on all but a few resources.`);
  const on = resources.map((one) => certainty(one, isEveryResource));
  const isOn = on.includes('certain') ? 'certain' : on.includes('perhaps') ? 'perhaps' : undefined;
  if (isOn === undefined) return COMPLIANT;
  const isCertain = !isPartOpen && isOn === 'certain' && (isAllBut || whole.some(({ is }) => is === 'certain'));
  return isCertain ? violation('', `${at} allows ${named} on every resource.`) : unknown('', `${at} allows ${named} on what may be every resource.`);
}

export const EXECUTION_ROLE_WILDCARDS: Rule = {
  id: 'ExecutionRoleWildcards',
  title: 'Roles that SageMaker works with are allowed no service as a whole on every resource.',
  remedy: 'Name the actions and the resources that jobs and notebooks need.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  look: (role, template) => eachStatement(role, template, 'wildcards', 'a service as a whole on every resource', wide),
};
