import { Aws, CfnCondition, Fn, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hasLocalStorage } from '../../identity/instance-families';
import { ModelVariant } from '../model-variant';
import { SecureModelEndpointProps } from '../secure-model-endpoint-props';

/**
 * The volume key of an endpoint, which holds for all of its variants: none where all of them have local storage. Where a
 * type is only known when the template is deployed, the template itself decides. In doubt the key is given, so that a wrong
 * choice fails, rather than leave a volume without it.
 */
export function volumeKeyOf(scope: Construct, { variants, shadowVariant, volumeKey }: SecureModelEndpointProps): string | undefined {
  const all = [...variants, ...(shadowVariant ? [shadowVariant] : [])];
  const known = all.filter(({ instanceType }) => !Token.isUnresolved(instanceType));
  if (known.some(({ instanceType }) => !hasLocalStorage(instanceType))) return volumeKey.keyArn;
  const open = all.filter(({ instanceType }) => Token.isUnresolved(instanceType));
  if (open.length === 0) return undefined;
  const alternatives = open.map(({ instanceType, possibleInstanceTypes = [] }: ModelVariant) =>
    possibleInstanceTypes.filter(hasLocalStorage).map((type) => Fn.conditionEquals(instanceType, type)));
  if (alternatives.some(({ length }) => length === 0)) return volumeKey.keyArn;
  const local = alternatives.map(anyOf);
  const condition = new CfnCondition(scope, 'HasLocalStorage', { expression: local.length === 1 ? local[0] : Fn.conditionAnd(...local) });
  return Fn.conditionIf(condition.logicalId, Aws.NO_VALUE, volumeKey.keyArn).toString();
}

/** CloudFormation's Fn::Or takes two to ten conditions. */
function anyOf(conditions: ReturnType<typeof Fn.conditionEquals>[]): ReturnType<typeof Fn.conditionEquals> {
  return conditions.length === 1 ? conditions[0] : Fn.conditionOr(...conditions);
}
