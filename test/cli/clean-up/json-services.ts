import { Accounts, Call } from './call';
import { FakeAccount } from './fake-account';
import { page, Refusal } from '../../handlers/fake-aws/answer';

type Input = Record<string, never>;

/** Services that answer in JSON; an operation without an output in its model is answered with nothing at all. */
export function jsonAnswer(everyone: Accounts, call: Call): unknown {
  const account = everyone.account(call.account);
  const operation = OPERATIONS[call.operation];
  if (operation !== undefined) return operation(account, call.input as Input);
  const [service, name] = call.operation.split('.');
  if (service !== 'SageMaker') throw new Refusal('UnknownOperationException', call.operation);
  const input = call.input as Record<string, string>;
  const studio = account.studios.get(input.DomainIdEquals ?? input.DomainId);
  if (studio === undefined) throw new Refusal('ResourceNotFound', 'there is no such domain');
  const answer = studio.call(name, input);
  return name.startsWith('Delete') ? undefined : answer;
}

const OPERATIONS: Record<string, (account: FakeAccount, input: Input) => unknown> = {
  'AmazonSSM.GetParametersByPath': (account, { Path, ...input }) => (
    list('Parameters', account.names('AWS::SSM::Parameter').filter((name) => name.startsWith(Path)).map((Name) => ({ Name, Value: 'v' })), { Path, ...input })
  ),
  'SageMaker.ListProjects': ({ projects }, input) => list('ProjectSummaryList', projects.map(({ ProjectName, ProjectStatus }) => ({ ProjectName, ProjectStatus })), input),
  'SageMaker.DescribeProject': ({ projects, products }, { ProjectName: wanted }) => {
    const project = projects.find(({ ProjectName }) => ProjectName === wanted);
    if (project === undefined) throw new Refusal('ValidationException', `Project ${wanted} does not exist`);
    const { ProjectName, ProjectStatus, provisioned, templateUrl, stack } = project;
    return {
      ProjectName,
      ProjectStatus,
      ...provisioned && {
        ServiceCatalogProvisioningDetails: { ProductId: products.find(({ Id }) => Id === provisioned)?.ProductId },
        ServiceCatalogProvisionedProductDetails: { ProvisionedProductId: provisioned },
      },
      ...templateUrl && { TemplateProviderDetails: [{ CfnTemplateProviderDetail: { TemplateURL: templateUrl, StackDetail: { Id: stack.id } } }] },
    };
  },
  'AWS242ServiceCatalogService.SearchProvisionedProducts': ({ products }, { PageToken, ...input }) => {
    const all = products.map(({ Id, Name, ProductId, stack }) => ({ Id, Name, ProductId, PhysicalId: stack.id, Type: 'CFN_STACK' }));
    const { items, next } = page({ name: 'ProvisionedProducts', filters: input }, all, 1, PageToken);
    return { ProvisionedProducts: items, NextPageToken: next };
  },
  'SageMaker.DeleteProject': (account, { ProjectName: wanted }) => {
    const project = account.projects.find(({ ProjectName }) => ProjectName === wanted)!;
    account.products = account.products.filter(({ Id }) => Id !== project.provisioned);
    account.deleteStack(project.stack);
    project.ProjectStatus = project.stack.isGone ? 'DeleteCompleted' : 'DeleteFailed';
    return undefined;
  },
  'AWS242ServiceCatalogService.TerminateProvisionedProduct': (account, { ProvisionedProductId }) => {
    const product = account.products.find(({ Id }) => Id === ProvisionedProductId);
    if (product === undefined) throw new Refusal('ResourceNotFoundException', 'there is none');
    account.deleteStack(product.stack);
    if (product.stack.isGone) account.products = account.products.filter((one) => one !== product);
    return { RecordDetail: { RecordId: `rec-${product.stack.name}` } };
  },
  'AWS242ServiceCatalogService.DescribeRecord': (account, { Id }) => {
    const stack = account.stacks.find(({ name }) => `rec-${name}` === Id)!;
    return { RecordDetail: stack.isGone ? { Status: 'SUCCEEDED' } : { Status: 'FAILED', RecordErrors: [{ Description: stack.reason }] } };
  },
  'SageMaker.ListModelPackages': (_, { ModelPackageGroupName: group }) => ({ ModelPackageSummaryList: [{ ModelPackageArn: `arn:aws:sagemaker:eu-west-1:111111111111:model-package/${group}/1` }] }),
  'SageMaker.DeleteModelPackage': () => undefined,
  'SageMaker.DeleteModelPackageGroup': ({ kept }, { ModelPackageGroupName: group }) => {
    if (!kept.get('AWS::SageMaker::ModelPackageGroup')?.delete(group)) throw new Refusal('ValidationException', `ModelPackageGroup ${String(group)} does not exist.`);
    return undefined;
  },
  'SageMaker.DeleteFeatureGroup': gone('AWS::SageMaker::FeatureGroup', 'FeatureGroupName'),
  'SageMaker.DescribeFeatureGroup': described('AWS::SageMaker::FeatureGroup', 'FeatureGroupName'),
  'SageMaker.DeleteMlflowTrackingServer': gone('AWS::SageMaker::MlflowTrackingServer', 'TrackingServerName', {}),
  'SageMaker.DescribeMlflowTrackingServer': described('AWS::SageMaker::MlflowTrackingServer', 'TrackingServerName'),
  'CodeCommit_20150413.DeleteRepository': gone('AWS::CodeCommit::Repository', 'repositoryName', {}),
  'AmazonEC2ContainerRegistry_V20150921.DeleteRepository': gone('AWS::ECR::Repository', 'repositoryName', {}),
  'AWSGlue.DeleteDatabase': gone('AWS::Glue::Database', 'Name', {}),
  'AmazonAthena.DeleteWorkGroup': ({ kept }, { WorkGroup: group }) => {
    if (!kept.get('AWS::Athena::WorkGroup')?.delete(group)) throw new Refusal('InvalidRequestException', `WorkGroup ${String(group)} is not found.`);
    return {};
  },
  'Logs_20140328.DeleteLogGroup': gone('AWS::Logs::LogGroup', 'logGroupName'),
  'TrentService.DeleteAlias': ({ aliases }, { AliasName }) => {
    aliases.delete(AliasName);
    return undefined;
  },
  'TrentService.ScheduleKeyDeletion': ({ kept }, { KeyId }) => {
    if (!kept.get('AWS::KMS::Key')?.delete(KeyId)) throw new Refusal('KMSInvalidStateException', `${String(KeyId)} is pending deletion.`);
    return {};
  },
  'SageMaker.ListMlflowTrackingServers': named('AWS::SageMaker::MlflowTrackingServer', 'TrackingServerSummaries', (TrackingServerName) => ({ TrackingServerName })),
  'SageMaker.ListFeatureGroups': named('AWS::SageMaker::FeatureGroup', 'FeatureGroupSummaries', (FeatureGroupName) => ({ FeatureGroupName })),
  'SageMaker.ListModelPackageGroups': named('AWS::SageMaker::ModelPackageGroup', 'ModelPackageGroupSummaryList', (ModelPackageGroupName) => ({ ModelPackageGroupName })),
  'CodeCommit_20150413.ListRepositories': named('AWS::CodeCommit::Repository', 'repositories', (repositoryName) => ({ repositoryName }), 'nextToken'),
  'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories': named('AWS::ECR::Repository', 'repositories', (repositoryName) => ({ repositoryName }), 'nextToken'),
  'AmazonAthena.ListWorkGroups': named('AWS::Athena::WorkGroup', 'WorkGroups', (Name) => ({ Name })),
  'AWSGlue.GetDatabases': named('AWS::Glue::Database', 'DatabaseList', (Name) => ({ Name })),
  'TrentService.ListAliases': ({ aliases }, { KeyId }) => ({
    Aliases: [...aliases].filter(([, key]) => KeyId === undefined || key === KeyId).map(([AliasName, TargetKeyId]) => ({ AliasName, TargetKeyId })),
  }),
  'TrentService.DescribeKey': (account, { KeyId }) => ({ KeyMetadata: { KeyState: account.names('AWS::KMS::Key').includes(KeyId) ? 'Enabled' : 'PendingDeletion' } }),
  'ResourceGroupsTaggingAPI_20170126.GetResources': ({ tagged, kept }, { TagFilters }) => {
    const [{ Values: [wanted] }] = TagFilters as { Values: string[] }[];
    return {
      ResourceTagMappingList: [...tagged].filter(([arn, { environment }]) => environment === wanted && (arn.includes(':kms:') || kept.get('AWS::S3::Bucket')?.has(arn.slice('arn:aws:s3:::'.length)))).map(([ResourceARN, { environment, stack }]) => ({
        ResourceARN, Tags: [{ Key: 'environment', Value: environment }, ...stack === undefined ? [] : [{ Key: 'aws:cloudformation:stack-id', Value: stack }]],
      })),
      PaginationToken: '',
    };
  },
};

function gone(type: string, key: string, answer?: object) {
  return ({ kept }: FakeAccount, input: Record<string, string>) => {
    kept.get(type)?.delete(input[key]);
    return answer;
  };
}

function described(type: string, key: string) {
  return (account: FakeAccount, input: Record<string, string>) => {
    if (!account.names(type).includes(input[key])) throw new Refusal('ResourceNotFound', 'there is none');
    return {};
  };
}

function named(type: string, name: string, shape: (name: string) => object, token = 'NextToken') {
  return (account: FakeAccount, input: Input) => list(name, account.names(type).map(shape), input, token);
}

function list(name: string, all: unknown[], { NextToken, nextToken, ...input }: Input, token = 'NextToken'): unknown {
  const { items, next } = page({ name, filters: input }, all, 1, NextToken ?? nextToken);
  return { [name]: items, [token]: next };
}
