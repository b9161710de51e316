import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../../private/input-check';
import { ErrorScope } from '../../private/invalid-input';

/** A duration in whole seconds between two bounds. */
export function wholeSeconds(scope: ErrorScope, property: string, time: Duration, least: number, most: number): number {
  const count = time.isUnresolved() ? least : time.toSeconds({ integral: false });
  if (!Number.isInteger(count) || count < least || count > most) {
    new InputCheck(scope).report(property, time.toHumanString(), `be between ${least} and ${most} whole seconds`).throwIfInvalid();
  }
  return time.toSeconds();
}
