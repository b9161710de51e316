import { Duration } from 'aws-cdk-lib';
import { PredefinedMetric, ScalableTarget, ServiceNamespace } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';
import { ModelVariant } from '../model-variant';
import { variantNameOf } from './endpoint-shapes';

/** Lets the number of instances of a variant follow its load, if it should. */
export function scaleVariant(scope: Construct, variant: ModelVariant, endpointName: string): ScalableTarget[] {
  const { scaling, instanceCount = 2 } = variant;
  if (scaling === undefined) return [];
  const name = variantNameOf(variant);
  const target = new ScalableTarget(scope, `${name}Scaling`, {
    serviceNamespace: ServiceNamespace.SAGEMAKER,
    resourceId: `endpoint/${endpointName}/variant/${name}`,
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    minCapacity: scaling.minimumInstances ?? instanceCount,
    maxCapacity: scaling.maximumInstances,
  });
  target.scaleToTrackMetric('Load', {
    predefinedMetric: PredefinedMetric.SAGEMAKER_VARIANT_INVOCATIONS_PER_INSTANCE,
    targetValue: scaling.invocationsPerInstance ?? 1000,
    scaleInCooldown: scaling.scaleInCooldown ?? Duration.minutes(5),
    scaleOutCooldown: scaling.scaleOutCooldown ?? Duration.minutes(1),
  });
  return [target];
}
