import { isOnly } from '../../core/conditions';
import { isForAnybody, mayBeForAnybody, Statement, statementsOf } from '../../core/policy';
import { Rule, Verdict } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** Condition keys that say who, or from where. */
const BOUND = /^(kms:calleraccount|aws:principal(orgid|orgpaths|account|arn|tag\/.*)|aws:source(account|arn|orgid|orgpaths|vpc|vpce)|aws:userid)$/;

function allowing(one: Statement): Verdict[] {
  const isAnybody = isForAnybody(one);
  if (!isAnybody && !mayBeForAnybody(one)) return COMPLIANT;
  const bounds = one.conditions.filter(({ key }) => BOUND.test(key)).map(isOnly);
  if (bounds.includes(true)) return COMPLIANT;
  if (!isAnybody || one.isOpen || bounds.includes(undefined)) return unknown('KeyPolicy', `${one.at} has a part that only the deployment knows.`);
  return violation('KeyPolicy', `${one.at} allows everybody, from anywhere.`);
}

export const KEY_ACCESS: Rule = {
  id: 'KeyAccess',
  title: 'Keys can be used only by who is named, or from an account, organization or network that is.',
  remedy: 'Name principals, or give the statement a condition such as kms:CallerAccount, aws:PrincipalOrgID or aws:SourceAccount, without wildcards or IfExists.',
  severity: 'high',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  page: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  look: (key) => {
    const statements = statementsOf(key, 'KeyPolicy');
    if (statements === undefined) return unknown('KeyPolicy', 'KeyPolicy is only known to the deployment.');
    return statements.filter(({ effect }) => effect === 'Allow').flatMap(allowing);
  },
};
