import { isDenied, statementsAt } from './bucket-policy';
import { isAllBut } from '../../core/policy';
import { Rule } from '../../core/rule';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** Condition keys of a perimeter, of networks and of identities. */
const PERIMETER = /^aws:(sourcevpce|sourcevpc|sourceip|vpce(account|orgid|orgpaths)|principal(orgid|orgpaths|account|arn))$/;

export const BUCKET_PERIMETER: Rule = {
  id: 'BucketPerimeter',
  title: 'Buckets refuse whoever comes from another organization or network.',
  remedy: 'Deny everybody, with a condition on the network (aws:SourceVpce, aws:SourceVpc) or on who is trusted (aws:PrincipalOrgID, aws:PrincipalAccount, aws:PrincipalArn).',
  severity: 'medium',
  types: ['AWS::S3::Bucket'],
  page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  look: (bucket, template) => {
    const statements = statementsAt(bucket, template);
    if (statements === undefined) return unknown('', 'A policy of the bucket is only known to the deployment.');
    const isKept = isDenied(statements, (one) => PERIMETER.test(one.key) && isAllBut(one));
    if (isKept) return COMPLIANT;
    if (statements.length === 0) return violation('', 'The bucket has no policy.');
    return (isKept === undefined ? unknown : violation)('', 'No statement of the bucket\'s policy denies by network or by who is trusted.');
  },
};
