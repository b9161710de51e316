import { Account, NotInRegion, Unread } from '../../src/cli/aws/account';

jest.mock('../../src/handlers/aws/retries', () => ({ retried: (_strategy: unknown, attempt: () => Promise<unknown>) => attempt() })); // once is enough here

const account = () => new Account('eu-west-1', () => Promise.resolve({ accessKeyId: 'id', secretAccessKey: 'secret' }));
const asked = (message: string) => {
  jest.spyOn(global, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause: new Error(message) }));
  const question = { action: 'codecommit:ListRepositories', subject: 'the repositories' };
  return account().json('codecommit', 'CodeCommit_20150413', question).catch((error: unknown) => error);
};
afterEach(() => jest.restoreAllMocks());

test('a service without an address in the region is not there', async () => {
  expect(await asked('getaddrinfo ENOTFOUND codecommit.eu-west-1.amazonaws.com')).toBeInstanceOf(NotInRegion);
});

test('a service that does not answer may be there', async () => {
  const error = await asked('connect ECONNREFUSED 10.0.0.1:443');
  expect(error).toBeInstanceOf(Unread);
  expect(error).not.toBeInstanceOf(NotInRegion);
  expect((error as Unread).remedy).toBe('Allow codecommit:ListRepositories, which would tell.');
});
