import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describe } from '../../private/invalid-input';
import { StudioUser } from '../../studio';
import { SelfContainedTemplate } from '../../templates';

/** CloudFormation's limits for a stack. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_RESOURCES = 500;
const LARGEST_TEMPLATE = SelfContainedTemplate.OBJECT_SIZE.toBytes();

/** Below that, no template of ours comes near the limit: it is not written once more to know its size. */
const FEW_RESOURCES = 200;

/**
 * What keeps the stack of an environment from being deployed, because there is too much in it. The CDK says so as well, after
 * everything is written and without what to do; and of the size it only warns.
 */
export function sizeFaultsOf(scope: Construct): string[] {
  const stack = Stack.of(scope);
  if (stack instanceof SelfContainedTemplate) return []; // says so itself
  const resources = resourcesIn(stack);
  const usersOf = resources.map(({ node }) => node.scopes.find((one) => one instanceof StudioUser)).filter((user) => user !== undefined);
  const figures = `${new Set(usersOf).size} users have ${usersOf.length} of ${resources.length} resources`;
  if (resources.length > MOST_RESOURCES) {
    return [describe({
      property: `resources of the stack ${stack.node.path}`, value: resources.length, rule: `be at most ${MOST_RESOURCES}`, remedy: `${figures}. ${SPLIT}`,
    })];
  }
  if (resources.length <= FEW_RESOURCES) return [];
  const { written, dense, published } = bytesOf(stack);
  if (written <= LARGEST_TEMPLATE) return [];
  return [describe({
    property: `size of the template of ${stack.node.path} in bytes`,
    value: written,
    rule: `be at most ${LARGEST_TEMPLATE}`,
    remedy: `Published project templates, seed code and programs have ${published} of them; ${figures}. ${
      dense <= LARGEST_TEMPLATE ? `Set suppressTemplateIndentation on the stack: without white space it has ${dense}. Or split it: ` : ''}${SPLIT}`,
  })];
}

const SPLIT = 'Make an environment for each team, in a stack of its own, with the users and the project templates that this team needs';

function resourcesIn(stack: Stack): CfnResource[] {
  return stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && Stack.of(node) === stack);
}

/** The template as the CDK will write it, without white space, and what of it was published by us. */
function bytesOf(stack: Stack): { written: number; dense: number; published: number } {
  const { Resources = {}, ...rest } = stack.resolve((stack as unknown as Rendering)._toCloudFormation()) as Rendered;
  const sizeOf = (value: unknown, indent?: number) => Buffer.byteLength(JSON.stringify(value, undefined, indent));
  const template = { Resources, ...rest };
  const isDense = (stack as unknown as Rendering)._suppressTemplateIndentation ?? false;
  return {
    written: sizeOf(template, isDense ? undefined : 1),
    dense: sizeOf(template),
    published: Object.values(Resources).filter(({ Type }) => /^Custom::PublishedObjects?$/.test(Type)).reduce((sum, one) => sum + sizeOf(one), 0),
  };
}

interface Rendered {
  readonly Resources?: Record<string, { readonly Type: string }>;
}

/** How the CDK renders a stack, which it keeps to itself. */
interface Rendering {
  readonly _toCloudFormation: () => object;
  readonly _suppressTemplateIndentation?: boolean;
}
