import { Stack } from 'aws-cdk-lib';
import { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { FixedSettings } from './clean-up';
import { InputCheck } from '../../private/input-check';

/** Where an app keeps what its deployed domains were made with: path of the construct → settings. */
export const RECORDED_SETTINGS = '@cdk-secure-mlops/studio-domains';

/**
 * Shows what a domain was made with in the template, and compares it with what the app has recorded. Intrinsic functions
 * are compared as written: that is what CloudFormation compares when it decides on a replacement.
 */
export function compareWithRecord(scope: Construct, domain: CfnDomain, fixed: FixedSettings): void {
  domain.addMetadata('cdk-secure-mlops:fixed-settings', fixed);
  const recorded = (scope.node.tryGetContext(RECORDED_SETTINGS) as Record<string, Record<string, unknown>> | undefined)?.[scope.node.path];
  if (recorded === undefined) return;
  const now = Stack.of(scope).resolve(fixed) as Record<string, unknown>;
  const check = new InputCheck(scope);
  for (const [name, value] of Object.entries(now)) {
    if (recorded[name] === undefined || same(recorded[name], value)) continue;
    check.report(name, value, `stay ${JSON.stringify(recorded[name])}`,
      'CloudFormation would replace the domain, with everybody\'s profiles and spaces. Make another SecureStudioDomain beside this one, move people over, then remove this one');
  }
  check.throwIfInvalid();
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
