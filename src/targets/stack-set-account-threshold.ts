import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** Number or percentage of the accounts of a stack set operation. */
export class StackSetAccountThreshold {
  /** A number of accounts. */
  public static count(accounts: number): StackSetAccountThreshold {
    checkRequired('StackSetAccountThreshold.count', { accounts }, { accounts: ANYTHING });
    new InputCheck('StackSetAccountThreshold').integerBetween('accounts', accounts, 0, 100_000).throwIfInvalid();
    return new StackSetAccountThreshold(accounts, undefined);
  }

  /** A percentage of all accounts, which CloudFormation rounds down. */
  public static percentage(percent: number): StackSetAccountThreshold {
    checkRequired('StackSetAccountThreshold.percentage', { percent }, { percent: ANYTHING });
    new InputCheck('StackSetAccountThreshold').integerBetween('percent', percent, 0, 100).throwIfInvalid();
    return new StackSetAccountThreshold(undefined, percent);
  }

  private constructor(
    /** The number of accounts, where it is one. */
    public readonly accounts?: number,
    /** The percentage of all accounts, where it is one. */
    public readonly percent?: number,
  ) {}
}
