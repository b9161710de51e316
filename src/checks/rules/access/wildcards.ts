import { eachStatement } from './each-statement';
import { Statement } from '../../core/policy';
import { Rule, Verdict } from '../../core/rule';
import { placeholder, shown, Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** All actions, or all of one service. */
const WHOLE = /^(\*+|[\w*?-]+:\*+)$/;

/** What a parameter without a default may be. */
const ANY_TEXT = placeholder('?');

function wide({ at, effect, actions, isAllBut, resources, isElsewhere, isOpen }: Statement): Verdict[] {
  if (effect === 'Deny') return COMPLIANT;
  const whole = isAllBut ? ['all but a few actions'] : actions.filter((action) => action instanceof Unknown || (typeof action === 'string' && WHOLE.test(action.replaceAll(ANY_TEXT, '*'))));
  if (whole.length === 0) return COMPLIANT;
  const named = whole.map((one) => (one instanceof Unknown ? `what ${one.why}` : shown(one))).join(', ');
  // What is named of others is nothing of what it allows.
  if (isElsewhere) return violation('', `${at} allows ${named} on all but a few resources.`);
  if (!resources.some((one) => one === '*' || one === ANY_TEXT || one instanceof Unknown)) return COMPLIANT;
  const message = `${at} allows ${named} on every resource.`;
  return isOpen || [...whole, ...resources].some((one) => String(one).includes(ANY_TEXT)) ? unknown('', message.replace('every resource', 'what may be every resource')) : violation('', message);
}

export const EXECUTION_ROLE_WILDCARDS: Rule = {
  id: 'ExecutionRoleWildcards',
  title: 'Roles that SageMaker works with are allowed no service as a whole on every resource.',
  remedy: 'Name the actions and the resources that jobs and notebooks need.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  look: (role, template) => eachStatement(role, template, wide),
};
