import { Duration, Lazy } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ModelVariant } from '../model-variant';
import { fewestInstancesOf, variantNameOf } from './endpoint-shapes';
import { wholeSeconds } from './whole-seconds';

const NAMESPACE = 'sagemaker';
const INSTANCES = 'sagemaker:variant:DesiredInstanceCount';

/** What scales, and for which endpoint. */
export interface Scaled {
  readonly variant: ModelVariant;
  readonly endpoint: CfnEndpoint;
  readonly endpointName: string;
}

/**
 * Lets the number of instances of a variant follow its load, if it should. Not with CDK's ScalableTarget: it makes a role,
 * where the service has one of its own.
 */
export function scaleVariant(scope: Construct, { variant, endpoint, endpointName }: Scaled): void {
  const { scaling } = variant;
  if (scaling === undefined) return;
  const name = variantNameOf(variant);
  const target = new CfnScalableTarget(scope, `${name}Scaling`, {
    serviceNamespace: NAMESPACE,
    resourceId: `endpoint/${endpointName}/variant/${name}`,
    scalableDimension: INSTANCES,
    minCapacity: fewestInstancesOf(variant),
    maxCapacity: scaling.maxInstanceCount,
  });
  target.node.addDependency(endpoint);
  // The registry knows tags of it, the CDK's class does not: it wears the endpoint's.
  target.addPropertyOverride('Tags', Lazy.any({ produce: () => listed(endpoint.tags.tagValues()) }));
  new CfnScalingPolicy(scope, `${name}ScalingPolicy`, {
    policyName: `${name}-load`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
      targetValue: scaling.invocationsPerInstance ?? 1000,
      scaleInCooldown: wholeSeconds(scope, `variants.${name}.scaling.scaleInCooldown`, scaling.scaleInCooldown ?? Duration.minutes(5), 0, 3600),
      scaleOutCooldown: wholeSeconds(scope, `variants.${name}.scaling.scaleOutCooldown`, scaling.scaleOutCooldown ?? Duration.minutes(1), 0, 3600),
    },
  });
}

function listed(tags: Record<string, string>): object[] | undefined {
  const keys = Object.keys(tags).sort();
  return keys.length === 0 ? undefined : keys.map((Key) => ({ Key, Value: tags[Key] }));
}
