import { ENVIRONMENT_NAME, STAGE } from '../app';
import { must } from '../claim';
import { DEPLOY, deliveryOf, groupOf } from '../projects';
import { Step } from '../step';

const ONLY_ON_AWS = 'the local AWS runs no endpoints; the rehearsal "story" plays this with the seed code\'s own server';
const DENIED = /AccessDenied|is not authorized/;
const ENDPOINT = `${ENVIRONMENT_NAME}--${STAGE}--${DEPLOY}`;

interface Version { readonly ModelPackageArn: string; readonly ModelApprovalStatus: string }
interface Described {
  readonly ModelCard?: { readonly ModelCardContent: string; readonly ModelCardStatus: string };
  readonly CustomerMetadataProperties?: Record<string, string>;
}
interface Endpoint { readonly EndpointStatus: string; readonly FailureReason?: string }
interface Execution { readonly pipelineExecutionId: string; readonly status: string }

/** From the code that a project is filled with to an endpoint that answers. */
export const DELIVERY: Step[] = [
  {
    id: 'trained',
    claim: 'The code of a new project is built in the VPC, and the SageMaker pipeline that the build starts registers a model version that waits for an approval',
    page: 'https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html',
    remedy: 'The delivery pipeline of the project names the action that failed, with the build\'s log; a failed step of the SageMaker pipeline has its reason in Studio. A quota of 0 for ml.m5.xlarge training is raised in Service Quotas',
    after: ['project'],
    play: async (scene) => {
      const ModelPackageGroupName = await groupOf(scene);
      await scene.services?.train(ModelPackageGroupName, scene.roleArn('pipeline-execution'), await scene.parameter('network/vpc-id'));
      const { ModelApprovalStatus } = await scene.until('a registered model version', 60, async () => {
        const { ModelPackageSummaryList: versions } = await scene.call<{ ModelPackageSummaryList: Version[] }>('sagemaker', 'list_model_packages', { ModelPackageGroupName });
        return versions[0] as Version | undefined;
      });
      must(ModelApprovalStatus === 'PendingManualApproval', `The version is ${ModelApprovalStatus}.`);
      return ModelApprovalStatus;
    },
  },
  {
    id: 'registered',
    claim: 'The registry has taken the model card and the values that the step "Register" reads of files of an earlier step',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html',
    remedy: 'If "trained" holds and this does not, the pipeline has written the function Std:JsonGet and not its value: take ModelCard and input-digest out of "Register" in pipeline/definition.py of the project, and tell us',
    after: ['trained'],
    play: async (scene) => {
      const { ModelPackageSummaryList: [{ ModelPackageArn }] } = await scene.call<{ ModelPackageSummaryList: Version[] }>(
        'sagemaker', 'list_model_packages', { ModelPackageGroupName: await groupOf(scene) });
      const { ModelCard, CustomerMetadataProperties: metadata = {} } = await scene.call<Described>('sagemaker', 'describe_model_package', { ModelPackageName: ModelPackageArn });
      const digest = metadata['input-digest'] ?? '';
      must(/^[0-9a-f]{64}$/.test(digest), `The digest of the data is "${digest}".`);
      must(ModelCard !== undefined, 'The version has no model card.');
      const parts = Object.keys(JSON.parse(ModelCard!.ModelCardContent) as object);
      must(parts.length > 0, 'The model card is empty.');
      return `a card of ${parts.join(', ')}, ${ModelCard!.ModelCardStatus}`;
    },
  },
  {
    id: 'approval',
    claim: 'A team administrator approves the version, and whoever works in Studio does not',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-approve.html',
    remedy: 'The approval is allowed by sagemaker:UpdateModelPackage with the condition key sagemaker:ModelApprovalStatus',
    after: ['trained', 'deploy-project'],
    play: async (scene) => {
      const { ModelPackageSummaryList: [{ ModelPackageArn }] } = await scene.call<{ ModelPackageSummaryList: Version[] }>(
        'sagemaker', 'list_model_packages', { ModelPackageGroupName: await groupOf(scene) });
      const change = { ModelPackageArn, ModelApprovalStatus: 'Approved' };
      await scene.refused(DENIED, scene.callAs(await scene.studio(), 'sagemaker', 'update_model_package', change));
      await scene.callAs(await scene.persona('team-administrator'), 'sagemaker', 'update_model_package', change);
      return 'approved';
    },
  },
  {
    id: 'delivered',
    claim: 'The approval starts the delivery: the version is copied, deployed through the role chain, read through the target\'s S3 endpoint, and tested with its own sample',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html',
    remedy: 'The delivery pipeline names the action. "Could not access model data" although object and key are there: set the option that lets SageMaker fetch models from its own network on environment and target. No execution at all: look at the queue of undelivered events',
    after: ['approval'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const pipelineName = await deliveryOf(scene);
      const last = await scene.until('the end of the delivery', 60, async () => {
        const { pipelineExecutionSummaries: [newest] } = await scene.call<{ pipelineExecutionSummaries: Execution[] }>('codepipeline', 'list_pipeline_executions', { pipelineName });
        // The one that the launch of the project started found no approved version.
        return newest?.status === 'Succeeded' ? newest : undefined;
      });
      const { EndpointStatus, FailureReason } = await scene.call<Endpoint>('sagemaker', 'describe_endpoint', { EndpointName: ENDPOINT });
      must(EndpointStatus === 'InService', `The endpoint is ${EndpointStatus}: ${FailureReason ?? 'no reason given'}`);
      return `${ENDPOINT} is in service after ${last.pipelineExecutionId}`;
    },
  },
];
