import { Settings } from './settings';
import { Client } from '../aws/client';
import { concurrently } from '../aws/concurrency';
import { AwsFault, described, isDenied } from '../aws/faults';
import { partitionOf } from '../aws/service-endpoints';
import { assume, Statement } from '../aws/sts';

/** How many accounts are asked at a time. */
const AT_A_TIME = 20;

/** The shortest session that STS gives. */
const SECONDS = 900;

/** A session that proves that it can be had, and can do nothing. */
const NOTHING: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };

/** Accounts, with the reason why each is not registered; undefined where it is. */
export type Registrations = Map<string, string | undefined>;

/**
 * An account is registered when its endpoint-test role lets us in. Only a clear no counts as "not registered": with any other
 * fault the list would be a guess, so it fails the whole.
 */
export async function registrationsOf(accounts: string[], settings: Settings, sts: Client): Promise<Registrations> {
  const reasons = await concurrently(accounts, AT_A_TIME, async (account) => {
    try {
      return await reasonAgainst(account, settings, sts);
    } catch (error) {
      throw new Error(`whether account ${account} is registered could not be told: ${described(error)}`);
    }
  });
  return new Map(accounts.map((account, index) => [account, reasons[index]]));
}

async function reasonAgainst(account: string, { endpointTestRole, region }: Settings, sts: Client): Promise<string | undefined> {
  try {
    await assume(sts, { roleArn: `arn:${partitionOf(region).name}:iam::${account}:role/${endpointTestRole}`, seconds: SECONDS, mayDo: NOTHING });
    return undefined;
  } catch (error) {
    if (isDenied(error)) return `its role ${endpointTestRole} is missing or does not trust this build (${(error as AwsFault).name})`;
    throw error;
  }
}
