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
  const { DomainId, FileSystemId, Record } = event.ResourceProperties;
  if (event.RequestType === 'Update') await seeThatRemovedUsersHaveNothing(event);
  if (event.RequestType === 'Delete') await empty(event, context, `Studio domain ${DomainId}`);
  else await writeRecord(Record, { domainId: DomainId, fileSystemId: FileSystemId });
  return { physicalResourceId: DomainId };
}

/** What a user has in a domain. Goes before the user's profile, which AWS deletes only without spaces and apps. */
export async function userContents(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const { DomainId, UserProfileName } = event.ResourceProperties;
  if (event.RequestType === 'Delete') await empty(event, context, whoseIn(DomainId, UserProfileName));
  return { physicalResourceId: `${DomainId}/${UserProfileName}` };
}

async function empty(event: CloudFormationCustomResourceEvent, context: Context, where: string): Promise<void> {
  const { DomainId, UserProfileName, RemovalPolicy } = event.ResourceProperties;
  await untilNothingIsLeft(context, where, async () => {
    const inventory = await inventoryOf(DomainId, UserProfileName);
    if (RemovalPolicy === 'destroy') return removeNext(DomainId, inventory);
    const refusal = refusalUnlessEmpty(where, inventory, 'delete');
    if (refusal !== undefined) throw new Error(refusal);
    return namesOf(inventory);
  });
}

/**
 * CloudFormation deletes what a deployment removes when all else is done, and takes its failure for a success: the profile
 * would stay, and nobody would be told. So whoever still has work is refused while the deployment can still be rolled back.
 */
async function seeThatRemovedUsersHaveNothing({ ResourceProperties, OldResourceProperties }: CloudFormationCustomResourceUpdateEvent): Promise<void> {
  // Deletions go by what was chosen before this deployment.
  if (OldResourceProperties.RemovalPolicy === 'destroy') return;
  const named = new Set<string>(ResourceProperties.UserProfileNames ?? []);
  const refusals: string[] = [];
  for (const user of (OldResourceProperties.UserProfileNames ?? []) as string[]) {
    if (named.has(user)) continue;
    const refusal = refusalUnlessEmpty(whoseIn(ResourceProperties.DomainId, user), await inventoryOf(ResourceProperties.DomainId, user), 'deploy');
    if (refusal !== undefined) refusals.push(refusal);
  }
  if (refusals.length > 0) throw new Error(refusals.join(' '));
}

/** Work of people is never thrown away unasked. What they are deleting already is only waited for. */
function refusalUnlessEmpty(where: string, inventory: Inventory, then: 'delete' | 'deploy'): string | undefined {
  const names = namesOf(staying(inventory));
  return names.length === 0 ? undefined : `${where} is kept because people's work is in it: ${shortened(names)}. `
    + `Delete these in Studio or in the SageMaker console and ${then} again, or first deploy with removalPolicy DESTROY, which deletes them with their volumes.`;
}

function whoseIn(domainId: string, user: string): string {
  return `user ${user} of Studio domain ${domainId}`;
}
