import { Duration } from 'aws-cdk-lib';

/** Settings of KMS keys that the environment creates. */
export interface ManagedKeysOptions {
  /**
   * Waiting period before a key is deleted, 7–30 days.
   *
   * @default Duration.days(30)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
   */
  readonly pendingWindow?: Duration;

  /**
   * Time between two rotations of the key material, 90–2560 days.
   *
   * @default Duration.days(365)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
   */
  readonly rotationPeriod?: Duration;
}
