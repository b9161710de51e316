import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Listing the accounts of organizational units, and where they stand, in one organization. Units below the stage's own belong to
 * it and come and go, and their ids do not follow from those above: so all units may be looked into, but not the root, and no
 * other organization. Whose management account it is that owns them is not known here.
 */
export function listOrganization(partition: string, organizationId: string): PolicyStatement[] {
  const all = (kind: string) => `arn:${partition}:organizations::*:${kind}/${organizationId}/*`;
  return [
    new PolicyStatement({ actions: ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent'], resources: [all('ou')] }),
    new PolicyStatement({ actions: ['organizations:ListParents'], resources: [all('ou'), all('account')] }),
  ];
}
