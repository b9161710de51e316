import { Item } from './item';
import { DeployedStack, Place } from './place';

interface Described {
  readonly ProjectName: string;
  readonly ProjectStatus: string;
  readonly ServiceCatalogProvisioningDetails?: { readonly ProductId?: string };
  readonly ServiceCatalogProvisionedProductDetails?: { readonly ProvisionedProductId?: string };
  readonly TemplateProviderDetails?: { readonly CfnTemplateProviderDetail?: Templated }[];
}

/** From a template in a bucket. */
interface Templated {
  readonly TemplateURL?: string;
  readonly StackDetail?: { readonly Id?: string };
}

/** What somebody has launched from a product. */
export interface Launched {
  readonly Id: string;
  readonly Name: string;
  readonly ProductId?: string;
  /** Of the stack, where it is one. */
  readonly PhysicalId?: string;
}

/** By what a project is known to be of the environment. */
export interface Marks {
  /** Stacks that read the environment's parameters. */
  readonly readers: DeployedStack[];
  /** Products of the environment's portfolio. */
  readonly products: string[];
  readonly buckets: string[];
}

/** Everything in the account that was launched from a product, whoever did. */
export async function launchedIn({ aws }: Place): Promise<Launched[]> {
  const question = { action: 'servicecatalog:SearchProvisionedProducts', subject: 'what was launched from products' };
  return aws.allJson<Launched>('servicecatalog', 'AWS242ServiceCatalogService', question, 'ProvisionedProducts', { AccessLevelFilter: { Key: 'Account', Value: 'self' } }, ['PageToken', 'NextPageToken']);
}

/** Projects of the environment: those that SageMaker knows, then what was launched in Service Catalog itself. */
export async function projectsOf(place: Place, launched: Launched[], marks: Marks): Promise<Item[]> {
  const { aws, account, region } = place;
  const ours = launched.filter((one) => isOurs(one, marks));
  const summaries = await aws.allJson<{ ProjectName: string; ProjectStatus: string }>('sagemaker', 'SageMaker', { action: 'sagemaker:ListProjects', subject: 'the projects' }, 'ProjectSummaryList');
  const known = new Set<string>();
  const items: Item[] = [];
  for (const { ProjectName } of summaries.filter(({ ProjectStatus }) => ProjectStatus !== 'DeleteCompleted')) {
    const question = { action: 'sagemaker:DescribeProject', subject: `the project ${ProjectName}`, absent: ['ValidationException', 'ResourceNotFound'] };
    const project = await aws.json<Described>('sagemaker', 'SageMaker', question, { ProjectName });
    if (project === undefined || !isProject(project, ours, marks)) continue;
    known.add(project.ServiceCatalogProvisionedProductDetails?.ProvisionedProductId ?? '');
    items.push({ phase: 'projects', account, region, type: 'SageMaker project', name: ProjectName, fate: 'delete', why: 'Its pipelines, builds and rules work in the environment; its repository and the versions of its model are kept.' });
  }
  return items.concat(ours.filter(({ Id }) => !known.has(Id)).map(({ Id, Name }) => (
    { phase: 'projects', account, region, type: 'provisioned product', name: Id, fate: 'delete', why: `${Name} was launched from a product of the environment, in Service Catalog.` }
  )));
}

function isOurs({ ProductId, PhysicalId }: Launched, { readers, products }: Marks): boolean {
  return products.includes(ProductId ?? '') || readers.some(({ id }) => id === PhysicalId);
}

function isProject(project: Described, ours: Launched[], { readers, products, buckets }: Marks): boolean {
  const { ServiceCatalogProvisioningDetails: from, ServiceCatalogProvisionedProductDetails: made, TemplateProviderDetails: templates = [] } = project;
  if (products.includes(from?.ProductId ?? '') || ours.some(({ Id }) => Id === made?.ProvisionedProductId)) return true;
  return templates.some(({ CfnTemplateProviderDetail: detail }) => (
    readers.some(({ id }) => id === detail?.StackDetail?.Id) || buckets.some((bucket) => isIn(bucket, detail?.TemplateURL ?? ''))
  ));
}

/** An address of S3 names its bucket as the host's first part, or as the path's. */
function isIn(bucket: string, address: string): boolean {
  return address.startsWith(`https://${bucket}.s3.`) || /^https:\/\/s3[.-][^/]*\//.test(address) && address.split('/')[3] === bucket;
}
