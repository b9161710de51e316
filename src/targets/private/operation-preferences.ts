import { CfnStackSet } from 'aws-cdk-lib';
import { StackSetOperationOptions } from '../stack-set-options';

/** As CloudFormation writes it: each amount as a count or as a percentage. */
export function operationPreferences(options: StackSetOperationOptions): CfnStackSet.OperationPreferencesProperty | undefined {
  const { failureTolerance, maximumConcurrency, softFailureTolerance } = options;
  if (failureTolerance === undefined && maximumConcurrency === undefined && !softFailureTolerance) return undefined;
  return {
    failureToleranceCount: failureTolerance?.accounts,
    failureTolerancePercentage: failureTolerance?.percent,
    maxConcurrentCount: maximumConcurrency?.accounts,
    maxConcurrentPercentage: maximumConcurrency?.percent,
    concurrencyMode: softFailureTolerance ? 'SOFT_FAILURE_TOLERANCE' : undefined,
  };
}
