import { emptied } from './bucket';
import { Item } from './item';
import { isKey } from './keys';
import { NAMED, namesIn } from './lists';
import { Place } from './place';
import { instancesRemoved } from './stack-set-removal';
import { stackById } from './stacks';

/** A deletion that began and did not end well. */
class Stuck extends Error {}

/** Begins a deletion, and answers how to see whether the thing still stands: its state, or nothing when it is gone. */
export type Removal = (place: Place, item: Item, without: string[]) => Promise<() => Promise<string | undefined>>;

const GONE = async () => undefined;
const SAGEMAKER = ['sagemaker', 'SageMaker'] as const;
const CATALOG = ['servicecatalog', 'AWS242ServiceCatalogService'] as const;
const NOT_THERE = ['ResourceNotFound', 'ResourceNotFoundException'];

/** How what a plan names is deleted, by its type. What is gone already is no failure: somebody may be faster. */
export const REMOVALS: Record<string, Removal> = {
  'SageMaker project': async ({ aws }, { name: ProjectName }) => {
    const absent = ['ValidationException', ...NOT_THERE];
    const { ProjectStatus: before } = await aws.anew().json<Project>(...SAGEMAKER, { action: 'sagemaker:DescribeProject', subject: ProjectName, absent }, { ProjectName }) ?? {};
    if (before === undefined || before === 'DeleteCompleted') return GONE;
    if (before !== 'DeleteInProgress') await aws.anew().json(...SAGEMAKER, { action: 'sagemaker:DeleteProject', subject: `the project ${ProjectName}` }, { ProjectName });
    return async () => {
      const project = await aws.anew().json<Project>(...SAGEMAKER, { action: 'sagemaker:DescribeProject', subject: ProjectName, absent }, { ProjectName });
      if (project?.ProjectStatus === 'DeleteFailed') throw new Stuck(`SageMaker could not delete it: ${project.ServiceCatalogProvisionedProductDetails?.ProvisionedProductStatusMessage ?? 'it does not say why'}`);
      return project?.ProjectStatus === 'DeleteCompleted' ? undefined : project?.ProjectStatus;
    };
  },
  'provisioned product': async ({ aws }, { name: ProvisionedProductId }) => {
    const question = { action: 'servicecatalog:TerminateProvisionedProduct', subject: ProvisionedProductId, absent: NOT_THERE };
    const answer = await aws.anew().json<{ RecordDetail: { RecordId: string } }>(...CATALOG, question, { ProvisionedProductId, TerminateToken: `clean-up-${Date.now()}` });
    if (answer === undefined) return GONE;
    return async () => {
      const record = await aws.anew().json<{ RecordDetail: Terminated }>(...CATALOG, { action: 'servicecatalog:DescribeRecord', subject: ProvisionedProductId }, { Id: answer.RecordDetail.RecordId });
      const { Status = '', RecordErrors = [] } = record?.RecordDetail ?? {};
      if (/^FAILED/.test(Status)) throw new Stuck(`Service Catalog could not terminate it: ${RecordErrors.map(({ Description }) => Description).join('; ')}`);
      return Status === 'SUCCEEDED' ? undefined : Status;
    };
  },
  'stack set': async (place, { name, callAs = 'SELF' }, without) => {
    await instancesRemoved(place, name, callAs, without);
    await place.aws.anew().query('cloudformation', { action: 'cloudformation:DeleteStackSet', subject: `the stack set ${name}`, absent: ['StackSetNotFoundException'] }, { StackSetName: name, CallAs: callAs });
    return GONE;
  },
  'stack': async (place, { name: StackName }) => {
    const { aws } = place, look = async () => (await stackById({ ...place, aws: aws.anew() }, StackName))?.status;
    const before = await look();
    if (before === undefined) return GONE;
    if (before !== 'DELETE_IN_PROGRESS') await aws.anew().query('cloudformation', { action: 'cloudformation:DeleteStack', subject: `the stack ${StackName}` }, { StackName });
    return async () => {
      const status = await look();
      if (status === 'DELETE_FAILED') throw new Stuck(`CloudFormation could not delete it: ${await reasonsOf(aws.anew(), StackName)}`);
      return status === 'DELETE_COMPLETE' ? undefined : status;
    };
  },
  'application': inDomain('DeleteApp', 'ListApps', 'Apps', (name) => {
    const [owner, AppType, AppName] = name.split('/');
    return { ...owner.startsWith('profile:') ? { UserProfileName: owner.slice('profile:'.length) } : { SpaceName: owner }, AppType, AppName };
  }),
  'space': inDomain('DeleteSpace', 'ListSpaces', 'Spaces', (SpaceName) => ({ SpaceName })),
  'user profile': inDomain('DeleteUserProfile', 'ListUserProfiles', 'UserProfiles', (UserProfileName) => ({ UserProfileName })),
  'AWS::SageMaker::MlflowTrackingServer': inSageMaker('DeleteMlflowTrackingServer', 'DescribeMlflowTrackingServer', 'TrackingServerName', 'TrackingServerStatus'),
  'AWS::SageMaker::FeatureGroup': inSageMaker('DeleteFeatureGroup', 'DescribeFeatureGroup', 'FeatureGroupName', 'FeatureGroupStatus'),
  'AWS::SageMaker::ModelPackageGroup': ifListed(async ({ aws }, { name: ModelPackageGroupName }) => {
    const versions = await aws.anew().allJson<{ ModelPackageArn: string }>(...SAGEMAKER, { action: 'sagemaker:ListModelPackages', subject: ModelPackageGroupName }, 'ModelPackageSummaryList', { ModelPackageGroupName });
    for (const { ModelPackageArn } of versions) await aws.anew().json(...SAGEMAKER, { action: 'sagemaker:DeleteModelPackage', subject: ModelPackageArn }, { ModelPackageName: ModelPackageArn });
    await aws.anew().json(...SAGEMAKER, { action: 'sagemaker:DeleteModelPackageGroup', subject: ModelPackageGroupName }, { ModelPackageGroupName });
    return GONE;
  }),
  'AWS::CodeCommit::Repository': once('codecommit', 'CodeCommit_20150413', 'codecommit:DeleteRepository', (repositoryName) => ({ repositoryName })),
  'AWS::ECR::Repository': once('ecr', 'AmazonEC2ContainerRegistry_V20150921', 'ecr:DeleteRepository', (repositoryName) => ({ repositoryName, force: true })),
  'AWS::Glue::Database': once('glue', 'AWSGlue', 'glue:DeleteDatabase', (Name) => ({ Name })),
  'AWS::Athena::WorkGroup': ifListed(once('athena', 'AmazonAthena', 'athena:DeleteWorkGroup', (WorkGroup) => ({ WorkGroup, RecursiveDeleteOption: true }))),
  'AWS::Logs::LogGroup': once('logs', 'Logs_20140328', 'logs:DeleteLogGroup', (logGroupName) => ({ logGroupName })),
  'AWS::S3::Bucket': async ({ aws }, { name }) => {
    await emptied(aws.anew(), name);
    return GONE;
  },
  'AWS::KMS::Key': async (place, { name: KeyId }) => {
    const { aws } = place;
    if (await isKey({ ...place, aws: aws.anew() }, KeyId)) {
      await aws.anew().json('kms', 'TrentService', { action: 'kms:ScheduleKeyDeletion', subject: `the key ${KeyId}` }, { KeyId, PendingWindowInDays: 30 });
    }
    // By its aliases the key is found again: they go last, and free their names for the next environment.
    const aliases = await aws.anew().allJson<{ AliasName: string }>('kms', 'TrentService', { action: 'kms:ListAliases', subject: `the aliases of ${KeyId}`, absent: ['NotFoundException'] }, 'Aliases', { KeyId }, ['Marker', 'NextMarker']);
    for (const { AliasName } of aliases) await aws.anew().json('kms', 'TrentService', { action: 'kms:DeleteAlias', subject: AliasName }, { AliasName });
    return GONE;
  },
  'AWS::KMS::Alias': once('kms', 'TrentService', 'kms:DeleteAlias', (AliasName) => ({ AliasName })),
};

interface Project {
  readonly ProjectStatus?: string;
  readonly ServiceCatalogProvisionedProductDetails?: { readonly ProvisionedProductStatusMessage?: string };
}

interface Terminated {
  readonly Status?: string;
  readonly RecordErrors?: { readonly Description: string }[];
}

/** Something of a domain, which SageMaker takes a while to let go of. */
function inDomain(operation: string, list: string, member: string, inputOf: (name: string) => Record<string, string>): Removal {
  return async ({ aws }, { name }) => {
    const [DomainId, ...rest] = name.split('/');
    const input = inputOf(rest.join('/'));
    const find = async () => {
      const all = await aws.anew().allJson<Record<string, string>>(...SAGEMAKER, { action: `sagemaker:${list}`, subject: name, absent: NOT_THERE }, member, { DomainIdEquals: DomainId });
      return all.find((one) => Object.entries(input).every(([key, value]) => one[key] === value) && one.Status !== 'Deleted');
    };
    const before = await find();
    if (before === undefined) return GONE;
    if (before.Status !== 'Deleting') await aws.anew().json(...SAGEMAKER, { action: `sagemaker:${operation}`, subject: name, absent: NOT_THERE }, { DomainId, ...input });
    return async () => {
      const found = await find();
      // A failure before is no reason not to try again, and one after is the answer.
      if (found?.Status === 'Delete_Failed' || found?.Status === 'Failed') throw new Stuck(`SageMaker could not delete it (${found.Status})`);
      return found && (found.Status ?? 'there');
    };
  };
}

function inSageMaker(operation: string, describe: string, key: string, status: string): Removal {
  return async ({ aws }, { name }) => {
    await aws.anew().json(...SAGEMAKER, { action: `sagemaker:${operation}`, subject: name, absent: NOT_THERE }, { [key]: name });
    return async () => {
      const state = (await aws.anew().json<Record<string, string>>(...SAGEMAKER, { action: `sagemaker:${describe}`, subject: name, absent: NOT_THERE }, { [key]: name }))?.[status];
      if (state?.endsWith('Failed')) throw new Stuck(`SageMaker could not delete it (${state})`);
      return state;
    };
  };
}

/** Where a service refuses what is not there as it refuses what is wrong, its list says first whether it is there: a stack may have deleted it. */
function ifListed(removal: Removal): Removal {
  return async (place, item, without) => {
    const all = { ...NAMED.find(({ type }) => type === item.type)!, input: undefined };
    const names = await namesIn({ ...place, aws: place.aws.anew() }, all);
    return names.includes(item.name) ? removal(place, item, without) : GONE;
  };
}

/** What is gone when the call is answered. */
function once(service: Parameters<Place['aws']['json']>[0], prefix: string, action: string, inputOf: (name: string) => object): Removal {
  return async ({ aws }, { name }) => {
    const absent = ['RepositoryDoesNotExistException', 'RepositoryNotFoundException', 'EntityNotFoundException', 'NotFoundException', ...NOT_THERE];
    await aws.anew().json(service, prefix, { action, subject: name, absent }, inputOf(name));
    return GONE;
  };
}

async function reasonsOf(aws: Place['aws'], StackName: string): Promise<string> {
  const question = { action: 'cloudformation:ListStackResources', subject: `the resources of the stack ${StackName}`, absent: ['ValidationError'] };
  const failed = (await aws.all('cloudformation', question, 'StackResourceSummaries', { StackName })).filter(({ ResourceStatus }) => String(ResourceStatus) === 'DELETE_FAILED');
  if (failed.length > 0) return failed.map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId} (${ResourceStatusReason})`).join('; ');
  const [stack] = await aws.all('cloudformation', { action: 'cloudformation:DescribeStacks', subject: `the stack ${StackName}`, absent: ['ValidationError'] }, 'Stacks', { StackName });
  return String(stack?.StackStatusReason || 'it does not say why');
}
