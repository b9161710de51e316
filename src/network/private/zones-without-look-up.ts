import { Stack } from 'aws-cdk-lib';

/**
 * Makes something while its stack tells no availability zones. The CDK's Vpc asks the stack for them even where they are
 * given, only to compare, and in a stack with account and region that is a look-up, for which the CLI wants credentials.
 * A stack that has them as a field of its own is left alone: it looks nothing up.
 */
export function withoutZoneLookUp<T>(stack: Stack, make: () => T): T {
  if (Object.prototype.hasOwnProperty.call(stack, 'availabilityZones')) return make();
  Object.defineProperty(stack, 'availabilityZones', { value: [], configurable: true });
  try {
    return make();
  } finally {
    delete (stack as { availabilityZones?: string[] }).availabilityZones;
  }
}
