import { Duration } from 'aws-cdk-lib';
import { CorrectiveAction } from '../corrective';

/** Options of what is found that nobody uses. */
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
}
