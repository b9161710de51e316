import { departuresOf } from './departures';
import { isActive, membersOf } from './members';
import { Organization } from './organization';
import { registrationsOf } from './registered-accounts';
import { Settings } from './settings';
import { accountsWithInstances } from './stack-instances';
import { Client } from '../aws/client';
import { ownCredentials, remembered } from '../aws/credentials';
import { organizationsFor } from '../aws/service-endpoints';
import { assume, Statement } from '../aws/sts';

/** An account and what is the matter with it. */
export interface Finding {
  readonly account: string;
  readonly reason: string;
  readonly hasStackInstance: boolean;
}

/** An account that leaves or has left the stage and still has an endpoint. */
export interface Departure {
  readonly account: string;
  readonly reason: string;
  /** Whether its roles still let us in, so that its endpoint can be removed from here. */
  readonly reachable: boolean;
}

/** Input of CloudFormation's DeleteStackInstances. */
export interface DeleteStackInstances {
  readonly StackSetName: string;
  readonly Accounts: string[];
  readonly Regions: string[];
  readonly RetainStacks: boolean;
  readonly CallAs: 'SELF';
}

/** What a deployment of a stage is about. All lists are sorted by account. */
export interface Plan {
  readonly stage: string;
  readonly region: string;
  /** Accounts to deploy to. */
  readonly accounts: string[];
  /** Active accounts of the stage that are not ready for a deployment. */
  readonly notRegistered: Finding[];
  /** Accounts of the stage that are suspended, being closed or not yet activated. */
  readonly notActive: Finding[];
  readonly departed: Departure[];
  /** What to delete; absent where nothing is, or where `retire` was not said. */
  readonly deleteStackInstances?: DeleteStackInstances;
}

/** The least that listing needs. AWS Organizations has no narrower resource for ListParents, and units come and go. */
const LISTING: Statement = {
  Effect: 'Allow',
  Action: ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListParents'],
  Resource: '*',
};

/** Reads the stage, the stack set and the accounts, and changes nothing. */
export async function planOf(settings: Settings): Promise<Plan> {
  const { stage, region } = settings;
  const own = ownCredentials();
  const sts = new Client({ name: 'sts', region }, own);
  const { listingRoleArn } = settings;
  const lister = listingRoleArn === undefined ? own : remembered(() => (
    assume(sts, { roleArn: listingRoleArn, seconds: 3_600, mayDo: LISTING })
  ));
  const organization = new Organization(new Client(organizationsFor(region), lister));

  const members = await membersOf(settings, organization);
  const instances = await accountsWithInstances(settings, new Client({ name: 'cloudformation', region }, own));
  const leaving = new Set((settings.leaving ?? []).filter((account) => members.delete(account)));
  const left = await departuresOf([...instances].filter((account) => !members.has(account)).sort(), leaving, settings, organization);

  const sorted = [...members].sort(([one], [other]) => one.localeCompare(other));
  const active = sorted.filter(([, state]) => isActive(state)).map(([account]) => account);
  const reasons = await registrationsOf([...active, ...left.keys()], settings, sts);

  const finding = (account: string, reason: string): Finding => ({ account, reason, hasStackInstance: instances.has(account) });
  const departed = [...left].map(([account, reason]) => ({ account, reason, reachable: reasons.get(account) === undefined }));
  return {
    stage,
    region,
    accounts: active.filter((account) => reasons.get(account) === undefined),
    notRegistered: active.flatMap((account) => reasons.get(account) === undefined ? [] : [finding(account, reasons.get(account)!)]),
    notActive: sorted.filter(([, state]) => !isActive(state)).map(([account, state]) => finding(account, state)),
    departed,
    deleteStackInstances: deletionOf(settings, departed),
  };
}

/** Removing takes the endpoint with it and needs the account's roles; keeping lets go of the endpoint where it is. */
function deletionOf({ stackSetName, region, retire }: Settings, departed: Departure[]): DeleteStackInstances | undefined {
  const Accounts = departed.filter(({ reachable }) => retire === 'keep' || reachable).map(({ account }) => account);
  if (retire === undefined || Accounts.length === 0) return undefined;
  return { StackSetName: stackSetName, Accounts, Regions: [region], RetainStacks: retire === 'keep', CallAs: 'SELF' };
}
