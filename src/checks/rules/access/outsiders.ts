import { isOnly } from '../../core/conditions';
import { isForAnybody, mayBeForAnybody, Statement } from '../../core/policy';
import { isTrustedBySageMaker, trustOf } from '../../core/role-policies';
import { Rule, Verdict } from '../../core/rule';
import { Template } from '../../core/template';
import { arnParts, Reference, shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

const TRUST = 'AssumeRolePolicyDocument';
/** Keys that say whose somebody is. */
const WHOSE = /^aws:principal(orgid|orgpaths|account|arn)$/;
const ACCOUNT = /^(\d{12}|⟨AWS::AccountId⟩)$/;

/** The account of somebody, by itself or in an ARN. */
function accountOf(principal: string): string | undefined {
  const parts = arnParts(principal), account = parts.length === 1 ? principal : parts[4];
  return ACCOUNT.test(account) ? account : undefined;
}

function named(value: Value, at: string, template: Template): Verdict[] {
  // Somebody whom a template makes is in its account.
  if (value instanceof Reference || (typeof value === 'string' && /^⟨[^?:]+⟩$/.test(value))) return COMPLIANT;
  const account = typeof value === 'string' ? accountOf(value) : undefined;
  if (account === undefined) return unknown(TRUST, `${at} trusts ${value instanceof Unknown ? `what ${value.why}` : shown(value)}.`);
  return template.isOwn(account) ? COMPLIANT : unknown(TRUST, `${at} trusts ${shown(value)}, and whose account that is only you know.`);
}

function trusting({ at, principals, conditions, ...rest }: Statement, template: Template): Verdict[] {
  const isAnybody = isForAnybody({ at, principals, conditions, ...rest });
  if (isAnybody || mayBeForAnybody({ at, principals, conditions, ...rest })) {
    const bounds = conditions.filter(({ key }) => WHOSE.test(key)).map(isOnly);
    if (bounds.includes(true)) return COMPLIANT;
    return isAnybody && !rest.isOpen && !bounds.includes(undefined) ? violation(TRUST, `${at} trusts everybody.`) : unknown(TRUST, `${at} may trust everybody.`);
  }
  return principals.filter(({ kind }) => kind === 'AWS').flatMap(({ value }) => named(value, at, template));
}

export const EXECUTION_ROLE_OUTSIDERS: Rule = {
  id: 'ExecutionRoleOutsiders',
  title: 'Roles that SageMaker works with are assumed by nobody of another account.',
  remedy: 'Name SageMaker alone, or principals of the account; where another account is yours as well, acknowledge it.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  look: (role, template) => where(isTrustedBySageMaker(role), () => (
    trustOf(role)?.flatMap((one) => trusting(one, template)) ?? unknown(TRUST, `${TRUST} is only known to the deployment.`)
  )),
};
