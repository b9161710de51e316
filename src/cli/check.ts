import { Account, Unread } from './aws/account';
import { Finding } from './finding';
import { PlannedStack } from './planned-stack';

/** Something that is looked at before a deployment. */
export interface Check {
  readonly name: string;
  /** A sentence for people: what it looks at. */
  readonly title: string;
  /** IAM actions that it needs, all of them of the access levels List and Read. */
  readonly actions: string[];
  readonly look: (stack: PlannedStack, account: Account) => Promise<Finding[]>;
}

/** Looks at one thing after the other. What cannot be read is a finding of its own, and the rest is looked at all the same. */
export async function each<T>(things: Iterable<T>, look: (thing: T) => Promise<Finding[]>): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const thing of things) found.push(...await readable(() => look(thing)));
  return found;
}

/** What the look finds, or why it finds nothing. */
export async function readable(look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const { action, subject, reason } = error;
    return [{ kind: 'unknown', message: `Nothing can be said of ${subject}: ${reason.replace(/[.]$/, '')}.`, remedy: `Allow ${action}, which would tell.` }];
  }
}
