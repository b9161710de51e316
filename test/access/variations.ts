import { EVERYTHING_POLICY, NamedPolicy } from './policy-document';
import { OWNERS_KEY, shared } from './request/bystander-things';
import { Account, ACCOUNTS, REGION } from './request/organization';
import { Thing } from './request/thing';

/**
 * What a role would be allowed if its policies had become other ones: `overgrown:` everything, `guarded:` everything but
 * for the denies in its own policies, `bare:` nothing. So each kind of policy is seen to hold by itself.
 */
export const EXTENTS: Record<string, (own?: NamedPolicy[]) => NamedPolicy[] | undefined> = {
  overgrown: () => undefined,
  guarded: (own = []) => [EVERYTHING_POLICY, ...own],
  bare: () => [],
};

/** Accounts in which somebody or something has the name of one of ours. */
export const NAMESAKES: Record<string, Account> = {
  sibling: ACCOUNTS.sibling, foreign: ACCOUNTS.foreign, inTarget: ACCOUNTS.target, inProduction: ACCOUNTS.production, inData: ACCOUNTS.data,
};

/** Another region, for things of the same name elsewhere. */
const ELSEWHERE = 'eu-west-1';

/** What a thing might be instead: in a region where the environment is not, brought from outside with its owner's default policy, open to everybody. */
export const VARIATIONS: Record<string, (found: Thing) => Thing> = {
  elsewhere: (found) => ({ ...found, arn: found.arn.replace(`:${REGION}:`, `:${ELSEWHERE}:`) }),
  given: (found) => ({ ...found, policy: found.arn.startsWith('arn:aws:kms:') ? OWNERS_KEY : undefined }),
  shared,
};

/** Somebody or something of the same name in another account. */
export function namesake(of: Pick<Thing, 'arn'> & Partial<Pick<Thing, 'account'>>, account: Account): { arn: string; account: Account } {
  return { arn: of.arn.replace(`:${of.account?.id}:`, `:${account.id}:`), account };
}
