import { Aws, Fn, Names, Stack } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';

/** Length of the id in a stack's ARN, and the hyphen before it. */
const ID = 37;

/**
 * A name of a resource that must have one, unique in its account and region. The template of a product is launched many
 * times, and each stack has its own id.
 */
export function uniqueName(scope: Construct, maxLength: number): string {
  if (!(Stack.of(scope) instanceof ProductStack)) return Names.uniqueResourceName(scope, { maxLength, separator: '-' });
  return Fn.join('-', [Names.uniqueResourceName(scope, { maxLength: maxLength - ID, separator: '-' }), Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}
