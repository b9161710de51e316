import { FakeAccount } from './fake-account';
import { Call, World } from './world';
import { page, Refusal } from '../../handlers/fake-aws/answer';

type Input = Record<string, never>;

/** Services that answer in JSON. */
export function jsonAnswer(world: World, call: Call): unknown {
  const account = world.account(call.account);
  const operation = OPERATIONS[call.operation];
  if (operation !== undefined) return operation(account, call.input as Input);
  const [service, name] = call.operation.split('.');
  if (service !== 'SageMaker') throw new Refusal('UnknownOperationException', call.operation);
  const input = call.input as Record<string, string>;
  const studio = account.studios.get(input.DomainIdEquals ?? input.DomainId);
  if (studio === undefined) throw new Refusal('ResourceNotFound', 'there is no such domain');
  return studio.call(name, input);
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
  'SageMaker.ListMlflowTrackingServers': named('AWS::SageMaker::MlflowTrackingServer', 'TrackingServerSummaries', (TrackingServerName) => ({ TrackingServerName })),
  'SageMaker.ListFeatureGroups': named('AWS::SageMaker::FeatureGroup', 'FeatureGroupSummaries', (FeatureGroupName) => ({ FeatureGroupName })),
  'SageMaker.ListModelPackageGroups': named('AWS::SageMaker::ModelPackageGroup', 'ModelPackageGroupSummaryList', (ModelPackageGroupName) => ({ ModelPackageGroupName })),
  'CodeCommit_20150413.ListRepositories': named('AWS::CodeCommit::Repository', 'repositories', (repositoryName) => ({ repositoryName }), 'nextToken'),
  'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories': named('AWS::ECR::Repository', 'repositories', (repositoryName) => ({ repositoryName }), 'nextToken'),
  'AmazonAthena.ListWorkGroups': named('AWS::Athena::WorkGroup', 'WorkGroups', (Name) => ({ Name })),
  'AWSGlue.GetDatabases': named('AWS::Glue::Database', 'DatabaseList', (Name) => ({ Name })),
  'TrentService.ListAliases': ({ aliases }) => ({ Aliases: [...aliases].map(([AliasName, TargetKeyId]) => ({ AliasName, TargetKeyId })) }),
  'TrentService.DescribeKey': (account, { KeyId }) => ({ KeyMetadata: { KeyState: account.names('AWS::KMS::Key').includes(KeyId) ? 'Enabled' : 'PendingDeletion' } }),
  'ResourceGroupsTaggingAPI_20170126.GetResources': ({ tagged }, { TagFilters }) => {
    const [{ Values: [wanted] }] = TagFilters as { Values: string[] }[];
    return {
      ResourceTagMappingList: [...tagged].filter(([, { environment }]) => environment === wanted).map(([ResourceARN, { environment, stack }]) => ({
        ResourceARN, Tags: [{ Key: 'environment', Value: environment }, ...stack === undefined ? [] : [{ Key: 'aws:cloudformation:stack-id', Value: stack }]],
      })),
      PaginationToken: '',
    };
  },
};

function named(type: string, name: string, shape: (name: string) => object, token = 'NextToken') {
  return (account: FakeAccount, input: Input) => list(name, account.names(type).map(shape), input, token);
}

function list(name: string, all: unknown[], { NextToken, nextToken, ...input }: Input, token = 'NextToken'): unknown {
  const { items, next } = page({ name, filters: input }, all, 1, NextToken ?? nextToken);
  return { [name]: items, [token]: next };
}
