import { EVERYTHING_POLICY, NamedPolicy } from './policy-document';
import { givenByOwner, shared } from './request/bystander-things';
import { Account, ACCOUNTS, REGION } from './request/organization';
import { Requester } from './request/requester';
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
  given: givenByOwner,
  shared,
};

/** Somebody or something of the same name in another account. */
export function namesake<T extends Pick<Requester, 'arn'> & { account?: Pick<Account, 'id'>; name?: string }>(of: T, account: Account): T {
  const moved = (name: string) => (of.account ? name.replaceAll(of.account.id, account.id) : name);
  return { ...of, arn: moved(of.arn), account, ...(of.name === undefined ? {} : { name: moved(of.name) }) };
}
