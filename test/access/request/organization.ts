/** An account's place in an organization, as requests show it. */
export interface Organization {
  readonly id: string;
  readonly paths: string[];
}

/** An account that takes part in the scenarios. */
export interface Account {
  readonly id: string;
  readonly organization: Organization;
}

export const ORGANIZATION_ID = 'o-exampleorg';
const account = (id: string, path: string, organizationId = ORGANIZATION_ID): Account =>
  ({ id, organization: { id: organizationId, paths: [`${organizationId}/${path}`] } });

/**
 * The accounts of the scenarios: the data-science account, a target by its number, a target by its unit, a sibling
 * outside every stage, a stranger.
 */
export const ACCOUNTS = {
  data: account('111111111111', 'r-ab12/ou-ab12-data1111/'),
  target: account('222222222222', 'r-ab12/ou-ab12-test1111/'),
  production: account('333333333333', 'r-ab12/ou-ab12-prod1111/'),
  sibling: account('444444444444', 'r-ab12/ou-ab12-other111/'),
  foreign: account('999999999999', 'r-zz99/ou-zz99-aaaa1111/', 'o-foreignorg'),
};

export const REGION = 'us-east-1';

/** AWS's own account of SageMaker's images. */
export const IMAGE_ACCOUNT = '683313688378';

/** A key of somebody else. */
export const FOREIGN_KEY = `arn:aws:kms:${REGION}:${ACCOUNTS.foreign.id}:key/00000000-dead-4bad-8bad-000000000000`;

/** An account of another company that the organization trusts. */
export const PARTNER = '888888888888';
