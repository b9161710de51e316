import { must } from '../claim';
import { Step } from '../step';

const PROJECT = 'acceptance-train';

interface Project { readonly ProjectStatus: string; readonly ServiceCatalogProvisionedProductDetails?: { ProvisionedProductStatusMessage?: string } }
interface Product { readonly ProductId: string; readonly Name: string }

/** What is launched from Studio. */
export const PROJECTS: Step[] = [
  {
    id: 'project',
    claim: 'A data scientist finds the project template in Studio and launches it: Service Catalog takes the launch role, which may do what the template needs',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html',
    remedy: 'The stack SC-<account>-pp-… has the event that failed; a denial in it names the action that the launch role lacks',
    after: ['own-name'],
    play: async (scene) => {
      const who = await scene.studio();
      const { ProductViewSummaries } = await scene.callAs<{ ProductViewSummaries: Product[] }>(who, 'servicecatalog', 'search_products');
      const product = ProductViewSummaries.find(({ Name }) => Name === 'Train');
      must(product !== undefined, `Studio shows ${ProductViewSummaries.length} products, and the template is none of them.`);
      const { ProductId } = product!;
      const { ProvisioningArtifactDetails: versions } = await scene.callAs<{ ProvisioningArtifactDetails: { Id: string }[] }>(
        who, 'servicecatalog', 'list_provisioning_artifacts', { ProductId });
      await scene.callAs(who, 'sagemaker', 'create_project', {
        ProjectName: PROJECT, ServiceCatalogProvisioningDetails: { ProductId, ProvisioningArtifactId: versions[0].Id },
      });
      return settled(scene, who, 'CreateCompleted');
    },
  },
  {
    id: 'project-goes',
    claim: 'A project is deleted with everything that its template made, but its repository and its models',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteProject.html',
    remedy: 'The events of the project\'s stack name the resource that stays',
    after: ['project'],
    play: async (scene) => {
      const who = await scene.studio();
      await scene.callAs(who, 'sagemaker', 'delete_project', { ProjectName: PROJECT });
      return settled(scene, who, 'DeleteCompleted');
    },
  },
];

/** Waits until nothing happens with the project any more. */
async function settled(scene: Parameters<Step['play']>[0], who: Parameters<typeof scene.callAs>[0], wanted: string): Promise<string> {
  const project = await scene.until(`the project in the status ${wanted}`, 20, async () => {
    const now = await scene.callAs<Project>(who, 'sagemaker', 'describe_project', { ProjectName: PROJECT });
    return now.ProjectStatus.endsWith('InProgress') ? undefined : now;
  });
  must(project.ProjectStatus === wanted, `The project is ${project.ProjectStatus}: ${project.ServiceCatalogProvisionedProductDetails?.ProvisionedProductStatusMessage ?? 'no reason given'}`);
  return project.ProjectStatus;
}
