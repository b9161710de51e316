import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent, Context } from 'aws-lambda';
import { Inventory, inventoryOf, namesOf, staying } from './inventory';
import { writeRecord } from './record';
import { removeNext } from './removal';
import { shortened, untilNothingIsLeft } from './wait-until';
import { Outcome } from '../cloudformation/respond';

/**
 * What is in a domain. Made after the domain and before its users' profiles; so on deletion CloudFormation has taken its
 * own profiles away, and what is left was made by people. Goes before the domain, which AWS deletes only when empty.
 */
export async function domainContents(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const { DomainId, FileSystemId, Record, RemovalPolicy } = event.ResourceProperties;
  if (event.RequestType === 'Update') await seeThatRemovedUsersHaveNothing(event);
  if (event.RequestType === 'Delete') await empty(context, { DomainId, RemovalPolicy });
  else await writeRecord(Record, { domainId: DomainId, fileSystemId: FileSystemId });
  return { physicalResourceId: DomainId };
}

/**
 * What users have in a domain. Goes before their profiles, which AWS deletes only without spaces and apps. Of users whom a deployment
 * removes, it goes with the deployment: CloudFormation deletes their profiles when all else is done.
 */
export async function userContents(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const { DomainId, UserProfileNames = [], RemovalPolicy, Remedy } = event.ResourceProperties;
  if (event.RequestType === 'Delete') await empty(context, { DomainId, users: UserProfileNames, RemovalPolicy, Remedy });
  if (event.RequestType === 'Update') {
    const { OldResourceProperties: old } = event;
    const policy = old.RemovalPolicy === RemovalPolicy ? RemovalPolicy : 'retain'; // nothing is deleted that was not chosen before
    const users = removedUsers(event);
    if (users.length > 0) await empty(context, { DomainId, users, RemovalPolicy: policy, Remedy }, 'deploy');
  }
  return { physicalResourceId: `${DomainId}/users` };
}

/** What is emptied: the domain, or what some of its users have. */
interface Emptied {
  readonly DomainId: string;
  readonly users?: string[];
  readonly RemovalPolicy: string;
  /** What people do about work that is kept, where no app says what becomes of it. */
  readonly Remedy?: string;
}

async function empty(context: Context, { DomainId, users, RemovalPolicy, Remedy }: Emptied, then: 'delete' | 'deploy' = 'delete'): Promise<void> {
  const where = users ? whoseIn(DomainId, users) : `Studio domain ${DomainId}`;
  await untilNothingIsLeft(context, where, async () => {
    const inventory = await inventoryOf(DomainId, users);
    if (RemovalPolicy === 'destroy') return removeNext(DomainId, inventory);
    const refusal = refusalUnlessEmpty(where, inventory, then, users && users.length > 1, Remedy);
    if (refusal !== undefined) throw new Error(refusal);
    return namesOf(inventory);
  });
}

/**
 * CloudFormation deletes what a deployment removes when all else is done, and takes its failure for a success: the profile
 * would stay, and nobody would be told. So whoever still has work is refused while the deployment can still be rolled back.
 */
async function seeThatRemovedUsersHaveNothing(event: CloudFormationCustomResourceUpdateEvent): Promise<void> {
  const { ResourceProperties: { DomainId }, OldResourceProperties } = event;
  // Deletions go by what was chosen before this deployment.
  if (OldResourceProperties.RemovalPolicy === 'destroy') return;
  const refusals: string[] = [];
  for (const user of removedUsers(event)) {
    const refusal = refusalUnlessEmpty(whoseIn(DomainId, [user]), await inventoryOf(DomainId, [user]), 'deploy');
    if (refusal !== undefined) refusals.push(refusal);
  }
  if (refusals.length > 0) throw new Error(refusals.join(' '));
}

function removedUsers({ ResourceProperties, OldResourceProperties }: CloudFormationCustomResourceUpdateEvent): string[] {
  const named = new Set<string>(ResourceProperties.UserProfileNames ?? []);
  return ((OldResourceProperties.UserProfileNames ?? []) as string[]).filter((user) => !named.has(user));
}

/** Work of people is never thrown away unasked. What they are deleting already is only waited for. */
function refusalUnlessEmpty(where: string, inventory: Inventory, then: 'delete' | 'deploy', areMany = false, remedy = remedyOf(then)): string | undefined {
  const names = namesOf(staying(inventory));
  return names.length === 0 ? undefined : `${where} ${areMany ? 'are' : 'is'} kept because people's work is in it: ${shortened(names)}. ${remedy}.`;
}

function remedyOf(then: 'delete' | 'deploy'): string {
  return `Delete these in Studio or in the SageMaker console and ${then} again, or first deploy with removalPolicy DESTROY, which deletes them with their volumes`;
}

function whoseIn(domainId: string, users: string[]): string {
  return `user${users.length > 1 ? 's' : ''} ${shortened(users)} of Studio domain ${domainId}`;
}
