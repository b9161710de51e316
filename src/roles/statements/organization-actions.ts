import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { arnIn, ArnPlace } from '../../private/arn';

/**
 * Listing the accounts of organizational units, and where they stand, in one organization. Units below the stage's own belong to
 * it and come and go, and their ids do not follow from those above: so all units may be looked into, but not the root, and no
 * other organization. Whose management account it is that owns them is not known here.
 */
export function listOrganization(where: IConstruct | ArnPlace, organizationId: string): PolicyStatement[] {
  const all = (kind: string) => arnIn(where, 'organizations', `${kind}/${organizationId}/*`, { account: '*' });
  return [
    new PolicyStatement({ actions: ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent'], resources: [all('ou')] }),
    new PolicyStatement({ actions: ['organizations:ListParents'], resources: [all('ou'), all('account')] }),
  ];
}
