import { isDenied, statementsAt } from './bucket-policy';
import { Condition, isAllBut } from '../../core/conditions';
import { Rule } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** Condition keys of a perimeter, of networks and of identities. */
const PERIMETER = /^aws:(sourcevpce|sourcevpc|sourcevpcarn|sourceip|vpcsourceip|vpce(account|orgid|orgpaths)|principal(orgid|orgpaths|account|arn))$/;
/** Keys that say whether AWS works for somebody: a perimeter leaves that out. */
const BY_AWS = /^aws:(principalisawsservice|viaawsservice)$/;

/** Whether conditions leave out those who are expected, and nobody else. */
function isPerimeter(conditions: readonly Condition[]): boolean | undefined {
  const answers = conditions.map((one) => {
    if (BY_AWS.test(one.key)) return /^Bool/i.test(one.operator) && one.values.every((value) => String(value).toLowerCase() === 'false');
    return one.key.startsWith('aws:') && isAllBut(one);
  });
  if (answers.includes(false)) return false;
  if (conditions.length > 0 && !conditions.some(({ key }) => PERIMETER.test(key))) return false;
  return answers.includes(undefined) ? undefined : true;
}

export const BUCKET_PERIMETER: Rule = {
  id: 'BucketPerimeter',
  title: 'Buckets refuse whoever comes from another organization or network.',
  remedy: 'Deny everybody to list, read and write, on no other condition than that the network (aws:SourceVpce, aws:SourceVpc) or who is trusted (aws:PrincipalOrgID, aws:PrincipalAccount, aws:PrincipalArn) is another.',
  severity: 'medium',
  types: ['AWS::S3::Bucket'],
  page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  look: (bucket, template) => {
    const statements = statementsAt(bucket, template);
    if (statements === undefined) return unknown('', 'A policy of the bucket is only known to the deployment.');
    const isKept = isDenied(bucket, statements, isPerimeter);
    if (isKept) return COMPLIANT;
    if (statements.length === 0) return violation('', 'The bucket has no policy.');
    return (isKept === undefined ? unknown : violation)('', 'No statement of the bucket\'s policy denies everything in it by network or by who is trusted.');
  },
};
