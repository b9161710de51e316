import { ANY, isOnly, statementsOf } from '../../core/policy';
import { Rule } from '../../core/rule';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** Condition keys that say who, or from where. */
const BOUND = /^(kms:calleraccount|aws:principal(orgid|orgpaths|account|arn|tag\/.*)|aws:source(account|arn|orgid|orgpaths|vpc|vpce)|aws:userid)$/;

export const KEY_ACCESS: Rule = {
  id: 'KeyAccess',
  title: 'Keys can be used only by who is named, or from an account, organization or network that is.',
  remedy: 'Name principals, or give the statement a condition such as kms:CallerAccount, aws:PrincipalOrgID or aws:SourceAccount.',
  severity: 'high',
  types: ['AWS::KMS::Key'],
  page: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  look: (key) => {
    const statements = statementsOf(key, 'KeyPolicy');
    if (statements === undefined) return unknown('KeyPolicy', 'KeyPolicy is only known to the deployment.');
    return statements.filter(({ effect }) => effect === 'Allow').flatMap(({ at, principals, conditions, isAnybodyBut, isOpen }) => {
      const isAnybody = isAnybodyBut || principals.some(({ kind, value }) => [ANY, 'AWS'].includes(kind) && (value === '*' || value instanceof Unknown));
      if (!isAnybody || conditions.some((one) => BOUND.test(one.key) && isOnly(one))) return COMPLIANT;
      return isOpen ? unknown('KeyPolicy', `${at} has a part that only the deployment knows.`) : violation('KeyPolicy', `${at} allows everybody, from anywhere.`);
    });
  },
};
