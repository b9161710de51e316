import { Duration } from 'aws-cdk-lib';
import { CorrectiveAction } from '../corrective';

/** Options of what is found that nobody uses, and of quotas that are nearly used up. */
export interface IdleOptions {
  /**
   * Time without use after which something is idle, 1–90 days.
   *
   * @default Duration.days(7)
   */
  readonly unusedFor?: Duration;

  /**
   * Actions to take: `DELETE_ENDPOINT`, whose configuration stays, `DELETE_APPLICATION`, whose space stays, and `STOP_NOTEBOOK`, whose
   * volume stays.
   *
   * Volumes and spaces are only ever reported.
   *
   * @default - none: everything is only reported
   */
  readonly enforcedActions?: CorrectiveAction[];

  /**
   * ARNs of resources to leave alone, with `*` and `?` as in policies, which the function's role is denied to touch.
   *
   * @default - no exceptions
   */
  readonly allowList?: string[];

  /**
   * Comparison of what runs with the quotas of SageMaker's instances.
   *
   * @default true
   */
  readonly quotaFindings?: boolean;

  /**
   * Share of a quota in use, in percent, from which it is reported, 1–100.
   *
   * @default 80
   */
  readonly quotaPercentage?: number;
}
