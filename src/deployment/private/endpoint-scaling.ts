import { Duration } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';
import { ModelVariant } from '../model-variant';
import { variantNameOf } from './endpoint-shapes';
import { seconds } from './seconds';

const NAMESPACE = 'sagemaker';
const INSTANCES = 'sagemaker:variant:DesiredInstanceCount';

/**
 * Lets the number of instances of a variant follow its load, if it should. Not with CDK's ScalableTarget: it makes a role,
 * where the service has one of its own.
 */
export function scaleVariant(scope: Construct, variant: ModelVariant, endpointName: string): CfnScalableTarget[] {
  const { scaling, instanceCount = 2 } = variant;
  if (scaling === undefined) return [];
  const name = variantNameOf(variant);
  const target = new CfnScalableTarget(scope, `${name}Scaling`, {
    serviceNamespace: NAMESPACE,
    resourceId: `endpoint/${endpointName}/variant/${name}`,
    scalableDimension: INSTANCES,
    minCapacity: scaling.minimumInstances ?? instanceCount,
    maxCapacity: scaling.maximumInstances,
  });
  new CfnScalingPolicy(scope, `${name}ScalingPolicy`, {
    policyName: `${name}-load`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
      targetValue: scaling.invocationsPerInstance ?? 1000,
      scaleInCooldown: seconds(scope, `variants.${name}.scaling.scaleInCooldown`, scaling.scaleInCooldown ?? Duration.minutes(5), 0, 3600),
      scaleOutCooldown: seconds(scope, `variants.${name}.scaling.scaleOutCooldown`, scaling.scaleOutCooldown ?? Duration.minutes(1), 0, 3600),
    },
  });
  return [target];
}
