import { Element } from '../../handlers/aws/client';
import { itemsOf, Unread } from '../aws/account';
import { Template } from '../planned-stack';
import { DeployedResource, DeployedStack, parameterPrefix, Place } from './place';

/** Parameters that each environment, and each target, makes in the stack that it is of, and nobody else. */
const OF_ENVIRONMENT = ['network/vpc-id', 'storage/data-bucket', 'identity/studio-execution-role-arn', 'studio/domain-id'];
const OF_TARGET = ['network/vpc-id', 'storage/capture-bucket', 'identity/model-role-arn'];

/** Every stack that stands. */
export async function stacksOf({ aws, account }: Place): Promise<DeployedStack[]> {
  const all = await aws.all('cloudformation', { action: 'cloudformation:DescribeStacks', subject: `the stacks of ${account}` }, 'Stacks');
  return all.map(stackOf);
}

/** A stack by its id, also one that was deleted in the last 90 days. */
export async function stackById({ aws }: Place, id: string): Promise<DeployedStack | undefined> {
  const question = { action: 'cloudformation:DescribeStacks', subject: `the stack ${id}`, absent: ['ValidationError'] };
  return (await aws.all('cloudformation', question, 'Stacks', { StackName: id })).map(stackOf)[0];
}

function stackOf(stack: Element): DeployedStack {
  return {
    id: String(stack.StackId),
    name: String(stack.StackName),
    status: String(stack.StackStatus),
    isProtected: String(stack.EnableTerminationProtection) === 'true',
    roleArn: stack.RoleARN && String(stack.RoleARN),
    parameters: itemsOf(stack.Parameters).map(({ ParameterValue }) => String(ParameterValue)),
    exports: itemsOf(stack.Outputs).flatMap(({ ExportName }) => ExportName ? [String(ExportName)] : []),
  };
}

/** What a stack made, also what it has deleted since; of a deleted stack, if its id is given. */
export async function resourcesOf({ aws }: Place, stack: string): Promise<DeployedResource[]> {
  const question = { action: 'cloudformation:ListStackResources', subject: `the resources of the stack ${stack}`, absent: ['ValidationError'] };
  const resources = await aws.all('cloudformation', question, 'StackResourceSummaries', { StackName: stack });
  return resources.map((one) => ({
    logicalId: String(one.LogicalResourceId),
    physicalId: String(one.PhysicalResourceId),
    type: String(one.ResourceType),
    status: String(one.ResourceStatus),
  }));
}

/** The stack that made what has this physical id: CloudFormation says so itself. */
export async function makerOf({ aws }: Place, physicalId: string): Promise<string | undefined> {
  const question = { action: 'cloudformation:DescribeStackResources', subject: `the stack of ${physicalId}`, absent: ['ValidationError'] };
  const answer = await aws.query('cloudformation', question, { PhysicalResourceId: physicalId });
  return itemsOf(answer?.StackResources).map(({ StackId }) => String(StackId))[0];
}

/** The template of a stack as it was given, in JSON as those of the CDK are. */
export async function templateOf({ aws }: Place, stack: string): Promise<Template> {
  const question = { action: 'cloudformation:GetTemplate', subject: `the template of the stack ${stack}` };
  const answer = await aws.query('cloudformation', question, { StackName: stack });
  try {
    return JSON.parse(String(answer?.TemplateBody)) as Template;
  } catch {
    throw new Unread(question.action, question.subject, 'it is not JSON', 'Deploy the stack with a template in JSON, as the CDK writes it; or delete the stack by hand, and run clean-up again.');
  }
}

/** Whether a resource wears the environment's tag, by the template; where its value is a parameter's, the environment is the stack's. */
export function isTagged({ environment }: Place, template: Template, { logicalId }: DeployedResource): boolean {
  const { Tags: tags } = (template.Resources?.[logicalId]?.Properties ?? {}) as { readonly Tags?: Tag[] | Record<string, unknown> };
  const value = Array.isArray(tags) ? tags.find(({ Key }) => Key === 'environment')?.Value : tags?.environment;
  return typeof value === 'string' ? value === environment : value !== undefined;
}

interface Tag {
  readonly Key: string;
  readonly Value: unknown;
}

/** Whether the resources are those of a stack of the environment itself, or of a target of it, by the parameters that only it makes. */
export function roleOf(place: Place, resources: DeployedResource[]): 'environment' | 'target' | undefined {
  const parameters = resources.filter(({ type }) => type === 'AWS::SSM::Parameter').map(({ physicalId }) => physicalId);
  const roles = parameters.map((name) => makerRoleOf(place, name));
  return roles.find((role) => role === 'environment') ?? roles.find((role) => role === 'target');
}

/** What makes a parameter of that name, if nobody else does. */
export function makerRoleOf(place: Place, parameter: string): 'environment' | 'target' | undefined {
  if (!parameter.startsWith(parameterPrefix(place))) return undefined;
  const name = parameter.slice(parameterPrefix(place).length);
  if (OF_ENVIRONMENT.includes(name)) return 'environment';
  return OF_TARGET.includes(name.replace(/^[a-z][a-z0-9]*\//, '')) ? 'target' : undefined;
}

/** Names of other environments whose parameters are, or were, among the resources. */
export function othersAmong({ environment }: Place, resources: DeployedResource[]): string[] {
  const named = resources.filter(({ type }) => type === 'AWS::SSM::Parameter')
    .map(({ physicalId }) => /^\/secure-mlops\/([^/]+)\//.exec(physicalId)?.[1]);
  return [...new Set(named.filter((name): name is string => name !== undefined && name !== environment))];
}

/** Whether a stack is that of a project, by the name that Service Catalog or SageMaker gives it. */
export function isOfProject(name: string): boolean {
  return /^SC-\d{12}-pp-|^SP-\d{12}-p-/.test(name);
}

/** The stack set that placed a stack, by its name. */
export function stackSetOf(name: string): string | undefined {
  return /^StackSet-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(name)?.[1];
}
