import { unitOf } from './members';
import { Organization } from './organization';
import { Settings } from './settings';
import { concurrently } from '../aws/concurrency';
import { described } from '../aws/faults';

/** AWS Organizations answers slowly and throttles early. */
const AT_A_TIME = 4;

/** What is said of an account that is in the stage yet, and is to be retired first. */
const LEAVING = 'is about to leave the stage';

/**
 * Where accounts are that have an endpoint and are in none of the stage's units any more. An account that moved between
 * two units while we read them is missing from the list too, and its endpoint must not go: so each is looked up itself.
 */
export async function departuresOf(
  accounts: string[], leaving: Set<string>, settings: Settings, organization: Organization,
): Promise<Map<string, string>> {
  const { organizationId, organizationalUnitPaths = [] } = settings;
  const units = new Set(organizationalUnitPaths.map(unitOf));
  const reasons = await concurrently(accounts, AT_A_TIME, async (account) => {
    if (leaving.has(account)) return LEAVING;
    if (organizationId === undefined) return 'is not in the list of the stage any more';
    const above = await organization.above(account).catch((error: unknown) => {
      throw new Error(`whether account ${account} has left the stage could not be told: ${described(error)}`);
    });
    if (above === undefined) return 'has left the organization';
    if (above.some((unit) => units.has(unit))) {
      throw new Error(`account ${account} was moved between units while they were being read: run this again`);
    }
    return `is now in ${organizationId}/${above.join('/')}/`;
  });
  return new Map(accounts.map((account, index) => [account, reasons[index]]));
}
