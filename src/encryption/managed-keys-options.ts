import { Duration } from 'aws-cdk-lib';

/** Options of keys that the environment creates. */
export interface ManagedKeysOptions {
  /**
   * Days between the deletion of a key and its end: 7–30.
   *
   * @default Duration.days(30)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
   */
  readonly pendingWindow?: Duration;

  /**
   * Time between two rotations: 90–2560 days.
   *
   * @default Duration.days(365)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
   */
  readonly rotationPeriod?: Duration;
}
