import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../../private/input-check';
import { ErrorScope } from '../../private/invalid-input';

/** A duration in whole seconds between two bounds. */
export function wholeSeconds(scope: ErrorScope, property: string, time: Duration, least: number, most: number): number {
  new InputCheck(scope).secondsBetween(property, time, least, most).throwIfInvalid();
  return time.toSeconds();
}
