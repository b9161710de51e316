import { Settings } from './settings';
import { Client } from '../aws/client';
import { concurrently } from '../aws/concurrency';
import { Credentials, CredentialsProvider } from '../aws/credentials';
import { AwsFault, described, isDenied, isFault } from '../aws/faults';
import { partitionOf } from '../aws/service-endpoints';
import { assume, Statement } from '../aws/sts';

/** The shortest session that STS gives. */
const SECONDS = 900;

/** A session that proves that it can be had, and can do nothing. */
const NOTHING: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };

/** Accounts, with the reason why each is not registered; undefined where it is. */
export type Registrations = Map<string, string | undefined>;

/**
 * An account is registered when its endpoint-test role lets us in and, where a parameter is named, that parameter is
 * there. Only a clear no counts as "not registered": with any other fault the list would be a guess, so it fails the whole.
 */
export async function registrationsOf(accounts: string[], settings: Settings, sts: Client): Promise<Registrations> {
  const reasons = await concurrently(accounts, settings.concurrency, async (account) => {
    try {
      return await reasonAgainst(account, settings, sts);
    } catch (error) {
      throw new Error(`whether account ${account} is registered could not be told: ${described(error)}`);
    }
  });
  return new Map(accounts.map((account, index) => [account, reasons[index]]));
}

async function reasonAgainst(account: string, settings: Settings, sts: Client): Promise<string | undefined> {
  const { endpointTestRole, registeredParameter, region } = settings;
  const partition = partitionOf(region).name;
  const mayDo: Statement = registeredParameter === undefined ? NOTHING : {
    Effect: 'Allow', Action: 'ssm:GetParameter', Resource: `arn:${partition}:ssm:${region}:${account}:parameter${registeredParameter}`,
  };
  let session: Credentials;
  try {
    session = await assume(sts, { roleArn: `arn:${partition}:iam::${account}:role/${endpointTestRole}`, seconds: SECONDS, mayDo });
  } catch (error) {
    if (isDenied(error)) return `its role ${endpointTestRole} is missing or does not trust this build (${(error as AwsFault).name})`;
    throw error;
  }
  return registeredParameter === undefined ? undefined : reasonOfParameter(registeredParameter, region, async () => session);
}

async function reasonOfParameter(Name: string, region: string, credentials: CredentialsProvider): Promise<string | undefined> {
  try {
    await new Client({ name: 'ssm', region }, credentials).json('AmazonSSM.GetParameter', { Name });
    return undefined;
  } catch (error) {
    if (isFault(error, 'ParameterNotFound')) return `its parameter ${Name} is missing: the deployment target is not complete`;
    if (isDenied(error)) return `its endpoint-test role may not read the parameter ${Name} (${(error as AwsFault).name})`;
    throw error;
  }
}
