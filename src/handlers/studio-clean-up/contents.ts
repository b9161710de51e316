import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { Inventory, inventoryOf, namesOf, staying } from './inventory';
import { shortened, untilNothingIsLeft } from './patience';
import { writeRecord } from './record';
import { removeNext } from './removal';
import { Outcome } from '../cloudformation/respond';

/**
 * What is in a domain. Made after the domain and before its users' profiles; so on deletion CloudFormation has taken its
 * own profiles away, and what is left was made by people. Goes before the domain, which AWS deletes only when empty.
 */
export async function domainContents(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const { DomainId, FileSystemId, Record } = event.ResourceProperties;
  if (event.RequestType === 'Delete') await empty(event, context, `Studio domain ${DomainId}`);
  else await writeRecord(Record, { domainId: DomainId, fileSystemId: FileSystemId });
  return { physicalResourceId: DomainId };
}

/** What a user has in a domain. Goes before the user's profile, which AWS deletes only without spaces and apps. */
export async function userContents(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const { DomainId, UserProfileName } = event.ResourceProperties;
  if (event.RequestType === 'Delete') await empty(event, context, `user ${UserProfileName} of Studio domain ${DomainId}`);
  return { physicalResourceId: `${DomainId}/${UserProfileName}` };
}

async function empty(event: CloudFormationCustomResourceEvent, context: Context, where: string): Promise<void> {
  const { DomainId, UserProfileName, RemovalPolicy } = event.ResourceProperties;
  await untilNothingIsLeft(context, where, async () => {
    const inventory = await inventoryOf(DomainId, UserProfileName);
    if (RemovalPolicy === 'destroy') return removeNext(DomainId, inventory);
    refuseUnlessEmpty(where, inventory);
    return namesOf(inventory);
  });
}

/** Work of people is never thrown away unasked. What they are deleting already is only waited for. */
function refuseUnlessEmpty(where: string, inventory: Inventory): void {
  const names = namesOf(staying(inventory));
  if (names.length === 0) return;
  throw new Error(`${where} is kept because people's work is in it: ${shortened(names)}. `
    + 'Delete these in Studio or in the SageMaker console and delete again, or first deploy with removalPolicy DESTROY, which deletes them with their volumes.');
}
