import { ENVIRONMENT_NAME } from './app';
import { must } from './claim';
import { Scene } from './scene';
import { ApiError } from '../rehearsal/accounts/aws-api';

/** The project that trains. */
export const TRAIN = 'acceptance-train';
/** The project that deploys what the other one trains. */
export const DEPLOY = 'acceptance-deploy';

/** The project that runs what was trained over rows of data. */
export const BATCH = 'acceptance-batch';
/** The project that watches what was deployed. */
export const MONITOR = 'acceptance-monitor';

interface Project {
  readonly ProjectId: string;
  readonly ProjectStatus: string;
  readonly ServiceCatalogProvisionedProductDetails?: { readonly ProvisionedProductStatusMessage?: string };
}
interface Product { readonly ProductId: string; readonly Name: string }

/** Launches a product that Studio shows, as somebody who works there. */
export async function launch(scene: Scene, ProjectName: string, template: string, values: Record<string, string> = {}): Promise<void> {
  const who = await scene.studio();
  const { ProductViewSummaries } = await scene.callAs<{ ProductViewSummaries: Product[] }>(who, 'servicecatalog', 'search_products');
  const product = ProductViewSummaries.find(({ Name }) => Name === template);
  must(product !== undefined, `Studio shows ${ProductViewSummaries.length} products, and ${template} is none of them.`);
  const { ProductId } = product!;
  const { ProvisioningArtifactDetails: versions } = await scene.callAs<{ ProvisioningArtifactDetails: { Id: string }[] }>(
    who, 'servicecatalog', 'list_provisioning_artifacts', { ProductId });
  const ProvisioningParameters = Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
  await scene.callAs(who, 'sagemaker', 'create_project', {
    ProjectName, ServiceCatalogProvisioningDetails: { ProductId, ProvisioningArtifactId: versions[0].Id, ProvisioningParameters },
  });
}

/** Waits until nothing happens with a project any more. */
export async function settled(scene: Scene, ProjectName: string, wanted: string): Promise<string> {
  const project = await scene.until(`the project in the status ${wanted}`, 20, async () => {
    const now = await describe(scene, ProjectName);
    return now.ProjectStatus.endsWith('InProgress') ? undefined : now;
  });
  must(project.ProjectStatus === wanted, `The project is ${project.ProjectStatus}: ${project.ServiceCatalogProvisionedProductDetails?.ProvisionedProductStatusMessage ?? 'no reason given'}`);
  return project.ProjectStatus;
}

/** Under what a project's repository and SageMaker pipeline are found. */
export async function nameOf(scene: Scene, ProjectName: string): Promise<string> {
  return `${ENVIRONMENT_NAME}--${ProjectName}-${(await describe(scene, ProjectName)).ProjectId}`;
}

/** Whether there is a project of this name that somebody has not deleted yet. */
export async function stands(scene: Scene, ProjectName: string): Promise<boolean> {
  try {
    return (await scene.call<Project>('sagemaker', 'describe_project', { ProjectName })).ProjectStatus !== 'DeleteCompleted';
  } catch (error) {
    if (error instanceof ApiError && /ValidationException|ResourceNotFound/.test(error.code)) return false;
    throw error;
  }
}

/** The model package group of the project that trains. */
export async function groupOf(scene: Scene): Promise<string> {
  return nameOf(scene, TRAIN);
}

/** The delivery pipeline of the project that deploys. */
export async function deliveryOf(scene: Scene): Promise<string> {
  return `${await nameOf(scene, DEPLOY)}-deploy`;
}

async function describe(scene: Scene, ProjectName: string): Promise<Project> {
  return scene.callAs<Project>(await scene.studio(), 'sagemaker', 'describe_project', { ProjectName });
}
