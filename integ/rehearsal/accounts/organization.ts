import { AccountsVariant } from './variants';

/** The unit that production is. */
export const UNIT = 'ou-ab12-prod1111';
/** Accounts of the rehearsals, of which each uses as many as it needs. */
export const [FIRST, STAGING, PRODUCTION, NEWCOMER, PLATFORM] = ['111111111111', '222222222222', '333333333333', '444444444444', '999999999999'];

/** An organization whose production account is in a unit; the platform account manages it. */
export const ORGANIZATION: AccountsVariant['organization'] = {
  id: 'o-exampleorg',
  root: 'r-ab12',
  managementAccount: PLATFORM,
  units: [{ id: UNIT, name: 'production' }],
  accounts: { [FIRST]: 'r-ab12', [STAGING]: 'r-ab12', [PRODUCTION]: UNIT },
};
