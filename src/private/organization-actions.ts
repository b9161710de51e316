/** Listing the accounts of organizational units, and where they stand in the organization. */
export const LIST_ORGANIZATION = ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListParents'];
