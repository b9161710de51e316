import { FakeAccount } from './fake-account';

/** A call, as the account of its credentials made it. */
export interface Call {
  readonly account: string;
  /** Such as `SageMaker.ListProjects` or `DescribeStacks`. */
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** All that there is to be called. */
export interface Accounts {
  account(id: string): FakeAccount;
}
