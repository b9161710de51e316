import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The second key to destroying data, beside `RemovalPolicy.DESTROY`. */
export const DESTROY_DATA_CONTEXT = '@cdk-secure-mlops/destroy-data';

/**
 * What becomes of something that people cannot make again. Destroying takes two keys, the removal policy and a context
 * flag, so that neither a copied line of code nor a copied command line does it alone.
 */
export function removalOf(scope: Construct, asked: RemovalPolicy | undefined): RemovalPolicy {
  if (asked !== RemovalPolicy.DESTROY) return asked ?? RemovalPolicy.RETAIN;
  const flag: unknown = scope.node.tryGetContext(DESTROY_DATA_CONTEXT);
  if (flag === true || flag === 'true') return RemovalPolicy.DESTROY;
  Annotations.of(scope).addWarningV2('cdk-secure-mlops:destroyTakesTwoKeys',
    `removalPolicy is DESTROY, but the context flag ${DESTROY_DATA_CONTEXT} is not true: data and keys are retained.`);
  return RemovalPolicy.RETAIN;
}
