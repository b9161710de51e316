import { Item } from './item';
import { DeployedStack, Place } from './place';
import { othersAmong, resourcesOf } from './stacks';

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

/**
 * Projects of the environment: those that SageMaker knows, then what was launched in Service Catalog itself. Members go with Studio, after
 * the work that they have there: whether it goes is asked there.
 */
export async function projectsOf(place: Place, launched: Launched[], marks: Marks): Promise<Item[]> {
  const { aws, account, region } = place;
  const ours = launched.filter(({ ProductId = '' }) => marks.products.includes(ProductId));
  const summaries = await aws.allJson<{ ProjectName: string; ProjectStatus: string }>('sagemaker', 'SageMaker', { action: 'sagemaker:ListProjects', subject: 'the projects' }, 'ProjectSummaryList');
  const known = new Set<string>(), readers = marks.readers.map(({ id }) => id);
  const items: Item[] = [];
  for (const { ProjectName } of summaries.filter(({ ProjectStatus }) => ProjectStatus !== 'DeleteCompleted')) {
    const question = { action: 'sagemaker:DescribeProject', subject: `the project ${ProjectName}`, absent: ['ValidationException', 'ResourceNotFound'] };
    const project = await aws.json<Described>('sagemaker', 'SageMaker', question, { ProjectName });
    if (project === undefined) continue;
    const item = { phase: 'projects' as const, account, region, type: 'SageMaker project', name: ProjectName };
    const id = project.ServiceCatalogProvisionedProductDetails?.ProvisionedProductId ?? '';
    const stacks = [launched.find((one) => one.Id === id)?.PhysicalId, ...templatesOf(project).map(({ StackDetail }) => StackDetail?.Id)];
    if (isProject(project, ours, marks)) items.push({ ...item, fate: 'delete', why: 'Its pipelines, builds and rules work in the environment; its repository and the versions of its model are kept.' });
    else if (stacks.some((one) => one !== undefined && readers.includes(one))) items.push({ ...item, fate: 'blocked', why: 'It reads parameters of the environment, and nothing says that its product or template is its own.', how: 'Delete it first.' });
    else continue;
    known.add(id);
  }
  for (const { Id, Name } of launched.filter((one) => !ours.includes(one) && !known.has(one.Id) && readers.includes(one.PhysicalId ?? ''))) {
    items.push({ phase: 'projects', account, region, type: 'provisioned product', name: Id, fate: 'blocked', why: `${Name} reads parameters of the environment, and nothing says that its product is its own.`, how: 'Terminate it in Service Catalog first.' });
  }
  for (const { Id, Name, PhysicalId } of ours.filter((one) => !known.has(one.Id))) {
    const item = { phase: 'projects' as const, account, region, type: 'provisioned product', name: Id };
    const resources = PhysicalId === undefined ? [] : await resourcesOf(place, PhysicalId);
    if (othersAmong(place, resources).length > 0) {
      items.push({ ...item, fate: 'blocked', why: `${Name} is an environment that was launched from a product in the stack of this one.`, how: 'Take the product out of the stack, and deploy it.' });
    } else {
      const phase = resources.some(({ type }) => type === 'AWS::SageMaker::UserProfile') ? 'studio' as const : item.phase;
      items.push({ ...item, phase, fate: 'delete', why: `${Name} was launched from a product of the environment, in Service Catalog.` });
    }
  }
  return items;
}

function isProject(project: Described, ours: Launched[], { products, buckets }: Marks): boolean {
  const { ServiceCatalogProvisioningDetails: from, ServiceCatalogProvisionedProductDetails: made } = project;
  if (products.includes(from?.ProductId ?? '') || ours.some(({ Id }) => Id === made?.ProvisionedProductId)) return true;
  return templatesOf(project).some(({ TemplateURL = '' }) => buckets.some((bucket) => isIn(bucket, TemplateURL)));
}

function templatesOf({ TemplateProviderDetails: details = [] }: Described): Templated[] {
  return details.flatMap(({ CfnTemplateProviderDetail: detail }) => detail ?? []);
}

/** An address of S3 names its bucket as the host's first part, or as the path's. */
function isIn(bucket: string, address: string): boolean {
  return address.startsWith(`https://${bucket}.s3.`) || /^https:\/\/s3[.-][^/]*\//.test(address) && address.split('/')[3] === bucket;
}
