import { CfnResource, Size, Stack, Stage } from 'aws-cdk-lib';
import { danglingNames } from './dangling-names';
import { RenderedTemplate } from './rendered-template';
import { BrokenRule } from '../../private/invalid-input';
import { TemplateContent } from '../template-content';

const MAXIMUM_RESOURCES = 500;
const CONTENT: Record<TemplateContent, RegExp> = {
  [TemplateContent.IAM_RESOURCES]: /^AWS::IAM::/,
  [TemplateContent.LAMBDA_FUNCTIONS]: /^AWS::(Lambda|Serverless)::Function$/,
  [TemplateContent.CUSTOM_RESOURCES]: /^(AWS::CloudFormation::CustomResource$|Custom::)/,
};

export interface TemplateLimits {
  readonly allowedContent: TemplateContent[];
  readonly maximumSize: Size;
}

/** What keeps a template from being deployed where nothing else of the app is. */
export function faultsOf(stack: Stack, text: string, limits: TemplateLimits): BrokenRule[] {
  const template = JSON.parse(text) as RenderedTemplate;
  return [
    ...unpermittedContent(stack, limits.allowedContent),
    ...danglingNames(template).map((name) => ({
      property: 'names in the template',
      value: name,
      rule: 'be names of its own parameters, resources, conditions and mappings',
      remedy: 'It is deployed without the other stacks of the app: read an SSM parameter (addStoredParameter) or write a fixed name',
    })),
    ...Object.entries(template.Parameters ?? {}).filter(([, { Default }]) => typeof Default === 'object').map(([name, { Default }]) => ({
      property: `default of parameter ${name}`, value: Default, rule: 'be a literal', remedy: 'CloudFormation takes no intrinsic there',
    })),
    ...exceededLimits(template, Buffer.byteLength(text), limits.maximumSize),
  ];
}

/**
 * Takes the template out of what other stacks wait for. A resource that waits for a construct waits for all in it, the
 * template's resources included; but these are deployed elsewhere, and the assembly has no stack to wait for.
 */
export function removeDependenciesOn(template: Stack): void {
  const constructs = Stage.of(template)?.node.findAll() ?? [];
  const waiting = constructs.filter((node): node is Stack => Stack.isStack(node) && node.dependencies.includes(template));
  if (waiting.length === 0) return;
  // What is in the template waits for what else is in it.
  for (const resource of constructs.filter((node) => CfnResource.isCfnResource(node) && Stack.of(node) !== template) as CfnResource[]) {
    for (const dependency of resource.obtainDependencies()) {
      if (CfnResource.isCfnResource(dependency) && Stack.of(dependency) === template) resource.removeDependency(dependency);
    }
  }
}

function unpermittedContent(stack: Stack, allowedContent: TemplateContent[]): BrokenRule[] {
  const resources = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && Stack.of(node) === stack);
  const refused = Object.values(TemplateContent).filter((content) => !allowedContent.includes(content));
  return resources.flatMap((resource) => refused.filter((content) => CONTENT[content].test(resource.cfnResourceType)).map((content) => ({
    property: 'allowedContent',
    value: `${resource.cfnResourceType} at ${resource.node.path}`,
    rule: `include TemplateContent.${content} for such a resource`,
    remedy: 'Permit it, or use what exists where the template is deployed',
  })));
}

function exceededLimits(template: RenderedTemplate, bytes: number, maximumSize: Size): BrokenRule[] {
  const resources = Object.keys(template.Resources ?? {}).length;
  const limit = maximumSize.toBytes();
  return [
    ...(resources > MAXIMUM_RESOURCES ? [{ property: 'number of resources', value: resources, rule: `be at most ${MAXIMUM_RESOURCES}` }] : []),
    ...(bytes > limit ? [{
      property: 'size of the template in bytes',
      value: bytes,
      rule: `be at most ${limit}`,
      remedy: 'Shorter names, role paths and descriptions, and fewer accounts, make it smaller. CloudFormation takes 51200 bytes inline, as in a stack set, and 1048576 from an S3 object (maximumSize)',
    }] : []),
  ];
}
