import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The id of a resource as `Ref`, which takes less of a template than the attribute that is the same: what stands in it for each user
 * counts. Another stack has the attribute, under whose name it was exported to it.
 */
export function ownReference(scope: IConstruct, { node: { defaultChild } }: IConstruct, attribute: string): string {
  return CfnResource.isCfnResource(defaultChild) && Stack.of(defaultChild) === Stack.of(scope) ? defaultChild.ref : attribute;
}
