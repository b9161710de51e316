import { InputCheck } from '../private/input-check';

/** How many accounts: a number of them, or a part of all. */
export class AmountOfAccounts {
  /** A number of accounts. */
  public static count(accounts: number): AmountOfAccounts {
    new InputCheck('AmountOfAccounts').integerBetween('accounts', accounts, 0, 100_000).done();
    return new AmountOfAccounts(accounts, undefined);
  }

  /** A part of all accounts. CloudFormation rounds down. */
  public static percentage(percent: number): AmountOfAccounts {
    new InputCheck('AmountOfAccounts').integerBetween('percent', percent, 0, 100).done();
    return new AmountOfAccounts(undefined, percent);
  }

  private constructor(
    /** The number of accounts, where it is one. */
    public readonly accounts?: number,
    /** The part of all accounts in percent, where it is one. */
    public readonly percent?: number,
  ) {}
}
