import { ListedAccount, Organization } from './organization';
import { Settings } from './settings';
import { described } from '../aws/faults';

/** The accounts of a stage, each with its state. */
export type Members = Map<string, string>;

const ACTIVE = 'ACTIVE';

/** The accounts that a stage consists of at this moment: whole, or an error. */
export async function membersOf(settings: Settings, organization: Organization): Promise<Members> {
  if (settings.organizationId === undefined) return new Map((settings.accounts ?? []).map((account) => [account, ACTIVE]));
  try {
    return await membersOfUnits(settings.organizationId, settings.organizationalUnitPaths ?? [], organization);
  } catch (error) {
    throw new Error(`the accounts of the stage could not be listed whole: ${described(error)}`);
  }
}

/** Accounts in units below the given ones belong to them as well. Units may overlap; each is read once. */
async function membersOfUnits(organizationId: string, paths: string[], organization: Organization): Promise<Members> {
  const members: Members = new Map();
  const seen = new Set<string>();
  for (const path of paths) await refuseUnlessAt(path, organization);
  const waiting = paths.map(unitOf);
  for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
    if (seen.has(unit)) continue;
    seen.add(unit);
    for (const account of await organization.accountsIn(unit)) {
      refuseForeign(organizationId, account.Arn);
      members.set(account.Id, stateOf(account));
    }
    for (const child of await organization.unitsIn(unit)) {
      refuseForeign(organizationId, child.Arn);
      waiting.push(child.Id);
    }
  }
  return members;
}

export function unitOf(path: string): string {
  return path.split('/').slice(-2)[0];
}

/**
 * The policies of releases and keys trust the *path*: in a unit that has been moved, targets could read nothing. An account
 * that is listed in a unit at its path has that path; so this is asked of the few units, and not of every account.
 */
async function refuseUnlessAt(path: string, organization: Organization): Promise<void> {
  const unit = unitOf(path);
  const above = await organization.above(unit);
  if (above === undefined) throw new Error(`there is no unit ${unit}, of the path ${path}`);
  const now = `${path.split('/')[0]}/${[...above, unit].join('/')}/`;
  if (now === path) return;
  throw new Error(`the unit ${unit} is at ${now} and not at ${path}, which policies trust; give the stage the new path and deploy it`);
}

/** `arn:<partition>:organizations::…:account/o-exampleorg/111111111111` */
function refuseForeign(organizationId: string, arn: string): void {
  const theirs = arn.split('/')[1];
  if (theirs !== organizationId) throw new Error(`the listing role lists the organization ${theirs}, the stage is in ${organizationId}`);
}

function stateOf({ Id, State, Status }: ListedAccount): string {
  const state = State ?? Status;
  if (state === undefined) throw new Error(`account ${Id} was listed without a state`);
  return state;
}

export function isActive(state: string): boolean {
  return state === ACTIVE;
}
