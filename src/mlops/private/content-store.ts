import { attachCustomSynthesis, Stack } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { ContentAssets, ContentStore } from './content-assets';
import { ProductAssets } from '../product-assets';

/** Where a publisher finds what it publishes; nothing where only its template leaves the app. */
export function contentStoreOf(publisher: Construct): ContentStore | undefined {
  const stack = Stack.of(publisher);
  if (stack instanceof ProductStack) return ProductAssets.forStack(Stack.of(stack.node.scope!))._store;
  if (!ContentAssets.areTakenBy(stack)) return undefined;
  const assets = new ContentAssets(stack);
  attachCustomSynthesis(publisher, { onSynthesize: () => assets.addAll() });
  return assets;
}
