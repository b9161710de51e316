import { CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IMAGE_ACCOUNTS, imageAccountsIn } from './image-account-list';

const MAPPING = 'SageMakerImageAccounts';

/**
 * The same for the region of a stack, as the value of a condition. Where the region is only known when a template is deployed,
 * the template looks it up.
 */
export function imageAccounts(scope: Construct): string | string[] {
  const stack = Stack.of(scope);
  if (!Token.isUnresolved(stack.region)) return imageAccountsIn(stack.region);
  const known = stack.node.tryFindChild(MAPPING) as CfnMapping | undefined;
  const mapping = known ?? new CfnMapping(stack, MAPPING, {
    mapping: Object.fromEntries(Object.keys(IMAGE_ACCOUNTS).map((region) => [region, { accounts: imageAccountsIn(region) }])),
  });
  return mapping.findInMap(stack.region, 'accounts');
}
