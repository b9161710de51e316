import { Annotations, CfnDeletionPolicy, CfnResource, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { describe } from './invalid-input';

/** The second key to destroying data, beside `RemovalPolicy.DESTROY`. */
export const DESTROY_DATA_CONTEXT = '@cdk-secure-mlops/destroy-data';

const WARNING = 'cdk-secure-mlops:destroyTakesTwoKeys';

/**
 * What becomes of something that people cannot make again. Destroying takes two keys, the removal policy and a context
 * flag, so that neither a copied line of code nor a copied command line does it alone.
 *
 * What is kept is not kept by the deployment that was to make it and failed: its fixed names would be in the way of the next one.
 */
export function removalOf(scope: IConstruct, asked: RemovalPolicy | undefined): RemovalPolicy {
  if (asked === undefined || asked === RemovalPolicy.RETAIN) return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  if (asked !== RemovalPolicy.DESTROY || isFlagged(scope)) return asked;
  const isTold = scope.node.scopes.some(({ node }) => node.metadata.some(({ data }) => String(data).includes(WARNING)));
  if (!isTold) Annotations.of(scope).addWarningV2(WARNING, `removalPolicy is DESTROY, but the context flag ${DESTROY_DATA_CONTEXT} is not true: data, keys and people's work are retained.`);
  return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** Aspects and escape hatches set the policy of a resource past the property; they take the context flag as well. */
export function keepWithoutFlag(...constructs: IConstruct[]): void {
  for (const construct of constructs) {
    const resource = resourceOf(construct);
    construct.node.addValidation({
      validate: () => resource.cfnOptions.deletionPolicy !== CfnDeletionPolicy.DELETE || isFlagged(construct) ? [] : [describe({
        property: 'removalPolicy',
        value: 'DESTROY',
        rule: `be RETAIN while the context flag ${DESTROY_DATA_CONTEXT} is not true`,
        remedy: `The app has set it by applyRemovalPolicy or RemovalPolicies on the resource itself. Leave ${resource.cfnResourceType} out there, or set the context flag as well`,
      })],
    });
  }
}

/**
 * The policy of a bucket stays as long as its bucket: it is a resource of its own, and without it whatever an identity is
 * allowed reaches the data. Asked for at synth, because people may keep or destroy a single bucket by `applyRemovalPolicy`.
 */
export function keepPolicyWith(bucket: IBucket): void {
  const policy = bucket.policy && resourceOf(bucket.policy);
  if (policy === undefined || !CfnResource.isCfnResource(bucket.node.defaultChild)) return;
  const { cfnOptions } = bucket.node.defaultChild;
  policy.addOverride('DeletionPolicy', Lazy.string({ produce: () => cfnOptions.deletionPolicy }));
  policy.addOverride('UpdateReplacePolicy', Lazy.string({ produce: () => cfnOptions.updateReplacePolicy }));
}

function isFlagged(scope: IConstruct): boolean {
  const flag: unknown = scope.node.tryGetContext(DESTROY_DATA_CONTEXT);
  return flag === true || flag === 'true';
}

function resourceOf(construct: IConstruct): CfnResource {
  return (CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild) as CfnResource;
}
