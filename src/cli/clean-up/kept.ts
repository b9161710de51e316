import { keptItem, retained, Wish } from './deletion';
import { Item } from './item';
import { isKey } from './keys';
import { kindOf } from './kinds';
import { Named, namesIn } from './lists';
import { DeployedStack, parameterPrefix, Place } from './place';
import { isOfProject, othersAmong, resourcesOf, roleOf, stackById, templateOf } from './stacks';

/** What is left of the environment, or will be: its names say so. */
export async function namedOf(place: Place, named: Named, wish: Wish): Promise<Item[]> {
  const isOurs = (name: string) => kindOf(named.type)?.isNamed?.(name, place.environment);
  return (await namesIn(place, named)).filter(isOurs).map((physicalId) => keptItem(place, { type: named.type, physicalId }, 'No stack deletes it', wish));
}

/** Keys, by the aliases that outlive the environment's stack; a key that waits for its deletion is gone. */
export async function keysOf(place: Place, wish: Wish): Promise<Item[]> {
  const { aws, environment, account, region } = place;
  const aliases = await aws.allJson<{ AliasName: string; TargetKeyId?: string }>('kms', 'TrentService', { action: 'kms:ListAliases', subject: `the aliases of ${account}` }, 'Aliases', {}, ['Marker', 'NextMarker']);
  const found: Item[] = [];
  for (const { AliasName, TargetKeyId } of aliases.filter(({ AliasName: name }) => name.startsWith(`alias/${environment}--`))) {
    if (TargetKeyId === undefined) continue;
    if (!await isKey(place, TargetKeyId)) {
      const fate = wish.includeData ? 'delete' as const : 'keep' as const;
      found.push({ phase: 'kept', account, region, type: 'AWS::KMS::Alias', name: AliasName, fate, why: 'Its key waits for its deletion.', how: `aws kms delete-alias --region ${region} --alias-name ${AliasName}` });
    } else {
      found.push(keptItem(place, { type: 'AWS::KMS::Key', physicalId: TargetKeyId }, `${AliasName} is its alias`, wish));
    }
  }
  return found;
}

/** Types by how an ARN names them. */
const TAGGED: [arn: RegExp, type: string][] = [
  [/^arn:[^:]+:s3:::([^/]+)$/, 'AWS::S3::Bucket'],
  [/^arn:[^:]+:kms:[^:]*:\d+:key\/(.+)$/, 'AWS::KMS::Key'],
  [/^arn:[^:]+:logs:[^:]*:\d+:log-group:([^:]+)(?::\*)?$/, 'AWS::Logs::LogGroup'],
  [/^arn:[^:]+:elasticfilesystem:[^:]*:\d+:file-system\/(.+)$/, 'AWS::EFS::FileSystem'],
];

/**
 * What wears the environment's tag. Others may use a tag of that name, so it is the environment's only if the stack that made it,
 * which another tag names, made the environment's parameters as well. CloudFormation remembers a deleted stack for 90 days.
 */
export async function taggedOf(place: Place, wish: Wish): Promise<Item[]> {
  const question = { action: 'tag:GetResources', subject: `what is tagged environment=${place.environment}` };
  const input = { TagFilters: [{ Key: 'environment', Values: [place.environment] }] };
  const tagged = await place.aws.allJson<{ ResourceARN: string; Tags: { Key: string; Value: string }[] }>('tagging', 'ResourceGroupsTaggingAPI_20170126', question, 'ResourceTagMappingList', input, ['PaginationToken', 'PaginationToken']);
  const found: Item[] = [];
  for (const { ResourceARN, Tags } of tagged) {
    const [arn, type] = TAGGED.find(([pattern]) => pattern.test(ResourceARN)) ?? [];
    if (arn === undefined || type === undefined) continue;
    const resource = { type, physicalId: arn.exec(ResourceARN)![1] };
    const id = Tags.find(({ Key }) => Key === 'aws:cloudformation:stack-id')?.Value, stack = id === undefined ? undefined : await stackById(place, id);
    if (type === 'AWS::KMS::Key' && !await isKey(place, resource.physicalId)) continue;
    if (stack !== undefined && await goesWith(place, stack, resource.physicalId)) continue;
    if (stack !== undefined && await isOfEnvironment(place, stack)) {
      found.push(keptItem(place, resource, 'The stack that made it has kept it', wish, stack));
    } else if (stack === undefined) {
      found.push({ ...keptItem(place, resource, `It is tagged environment=${place.environment}, but nothing proves any more that it is this environment's`, { includeData: false }) });
    }
  }
  return found;
}

/** Whether a stack stands, and deletes the resource when it goes. */
async function goesWith(place: Place, { id, status }: DeployedStack, physicalId: string): Promise<boolean> {
  if (status === 'DELETE_COMPLETE') return false;
  const own = (await resourcesOf(place, id)).filter((one) => one.physicalId === physicalId && one.status !== 'DELETE_COMPLETE');
  return own.length > 0 && retained(await templateOf(place, id), own).length === 0;
}

/** A stack of the environment or of a target, or one of a project or of an endpoint, which reads their parameters: anybody may read these. */
async function isOfEnvironment(place: Place, stack: DeployedStack): Promise<boolean> {
  const resources = await resourcesOf(place, stack.id);
  const isMadeForIt = isOfProject(stack.name) || stack.name.startsWith(`StackSet-${place.environment}--`);
  if (isMadeForIt && stack.parameters.some((value) => value.startsWith(parameterPrefix(place)))) return true;
  return roleOf(place, resources) !== undefined && othersAmong(place, resources).length === 0;
}
