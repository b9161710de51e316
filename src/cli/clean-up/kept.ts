import { keptItem, Wish } from './deletion';
import { Item } from './item';
import { kindOf } from './kinds';
import { parameterPrefix, Place } from './place';
import { isOfProject, othersAmong, resourcesOf, roleOf, stackById } from './stacks';
import { Service } from '../../handlers/aws/service-endpoints';

/** A list of an account, in which what is the environment's is known by its name (`isNamed` of its kind). */
interface Named {
  readonly type: string;
  readonly service: Service['name'];
  readonly prefix: string;
  readonly action: string;
  readonly list: string;
  readonly input?: (environment: string) => object;
  readonly nameIn: (item: never) => string;
  readonly tokens?: [asked: string, given: string];
}

const NAMED: Named[] = [
  { type: 'AWS::SageMaker::MlflowTrackingServer', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListMlflowTrackingServers', list: 'TrackingServerSummaries', nameIn: ({ TrackingServerName }: { TrackingServerName: string }) => TrackingServerName },
  { type: 'AWS::SageMaker::FeatureGroup', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListFeatureGroups', list: 'FeatureGroupSummaries', input: (environment) => ({ NameContains: `${environment}--` }), nameIn: ({ FeatureGroupName }: { FeatureGroupName: string }) => FeatureGroupName },
  { type: 'AWS::SageMaker::ModelPackageGroup', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListModelPackageGroups', list: 'ModelPackageGroupSummaryList', input: (environment) => ({ NameContains: `${environment}--` }), nameIn: ({ ModelPackageGroupName }: { ModelPackageGroupName: string }) => ModelPackageGroupName },
  { type: 'AWS::CodeCommit::Repository', service: 'codecommit', prefix: 'CodeCommit_20150413', action: 'codecommit:ListRepositories', list: 'repositories', nameIn: ({ repositoryName }: { repositoryName: string }) => repositoryName, tokens: ['nextToken', 'nextToken'] },
  { type: 'AWS::ECR::Repository', service: 'ecr', prefix: 'AmazonEC2ContainerRegistry_V20150921', action: 'ecr:DescribeRepositories', list: 'repositories', nameIn: ({ repositoryName }: { repositoryName: string }) => repositoryName, tokens: ['nextToken', 'nextToken'] },
  { type: 'AWS::Athena::WorkGroup', service: 'athena', prefix: 'AmazonAthena', action: 'athena:ListWorkGroups', list: 'WorkGroups', nameIn: ({ Name }: { Name: string }) => Name },
  { type: 'AWS::Glue::Database', service: 'glue', prefix: 'AWSGlue', action: 'glue:GetDatabases', list: 'DatabaseList', nameIn: ({ Name }: { Name: string }) => Name },
];

/** What is left of the environment, or will be: its names say so. */
export async function namedOf(place: Place, wish: Wish): Promise<Item[]> {
  const found: Item[] = [];
  for (const { type, service, prefix, action, list, input, nameIn, tokens } of NAMED) {
    const all = await place.aws.allJson<never>(service, prefix, { action, subject: `the ${list} of ${place.account}` }, list, input?.(place.environment), tokens);
    found.push(...all.map(nameIn).filter((name) => kindOf(type)?.isNamed?.(name, place.environment)).map((physicalId) => keptItem(place, { type, physicalId }, 'No stack deletes it', wish)));
  }
  return found;
}

/** Keys, by the aliases that outlive the environment's stack; a key that waits for its deletion is gone. */
export async function keysOf(place: Place, wish: Wish): Promise<Item[]> {
  const { aws, environment, account, region } = place;
  const aliases = await aws.allJson<{ AliasName: string; TargetKeyId?: string }>('kms', 'TrentService', { action: 'kms:ListAliases', subject: `the aliases of ${account}` }, 'Aliases', {}, ['Marker', 'NextMarker']);
  const found: Item[] = [];
  for (const { AliasName, TargetKeyId } of aliases.filter(({ AliasName: name }) => name.startsWith(`alias/${environment}--`))) {
    if (TargetKeyId === undefined) continue;
    const answer = await aws.json<{ KeyMetadata: { KeyState: string } }>('kms', 'TrentService', { action: 'kms:DescribeKey', subject: `the key of ${AliasName}` }, { KeyId: TargetKeyId });
    if (answer?.KeyMetadata.KeyState === 'PendingDeletion') {
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
    const stack = Tags.find(({ Key }) => Key === 'aws:cloudformation:stack-id')?.Value;
    if (stack !== undefined && await isOfEnvironment(place, stack)) {
      found.push(keptItem(place, resource, 'The stack that made it has kept it', wish));
    } else if (stack === undefined || await stackById(place, stack) === undefined) {
      found.push({ ...keptItem(place, resource, `It is tagged environment=${place.environment}, but nothing proves any more that it is this environment's`, { includeData: false }) });
    }
  }
  return found;
}

/** A stack of the environment or of a target, or one of a project or of an endpoint, which reads their parameters: anybody may read these. */
async function isOfEnvironment(place: Place, id: string): Promise<boolean> {
  const stack = await stackById(place, id), resources = await resourcesOf(place, id);
  const isMadeForIt = isOfProject(stack?.name ?? '') || stack?.name.startsWith(`StackSet-${place.environment}--`);
  if (isMadeForIt && stack?.parameters.some((value) => value.startsWith(parameterPrefix(place)))) return true;
  return roleOf(place, resources) !== undefined && othersAmong(place, resources).length === 0;
}
