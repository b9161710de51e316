import {
  AppDetails, DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeProcessingJobCommand, DescribeTrainingJobCommand,
  DescribeTransformJobCommand, paginateListEndpoints, paginateListNotebookInstances, paginateListProcessingJobs, paginateListTrainingJobs,
  paginateListTransformJobs,
} from '@aws-sdk/client-sagemaker';
import { sagemaker } from './sagemaker';
import { concurrently } from '../aws/concurrency';
import { everyPage } from '../aws/sdk';
import { unlessGone } from '../corrective/faults';

/** Instances that run. */
export interface Running {
  /** Name of the quota that they are counted against. */
  readonly quota: string;
  readonly count: number;
}

/** Descriptions that are asked for at a time. */
const AT_A_TIME = 5;
const IN_PROGRESS = { StatusEquals: 'InProgress' as const };

/** The quota of a type and a use: SageMaker has one for each. */
function running(type: string | undefined, use: string, count = 1): Running[] {
  return type === undefined ? [] : [{ quota: `${type} for ${use} usage`, count }];
}

/** Instances of what is described, as long as it is there. */
async function each<T, D>(
  listed: T[], describe: (one: T) => Promise<D>, instances: (described: D) => Running[] | Promise<Running[]>,
): Promise<Running[]> {
  return (await concurrently(listed, AT_A_TIME, async (one) => {
    const described = await unlessGone(() => describe(one));
    return described === undefined ? [] : instances(described);
  })).flat();
}

/** Those of every variant, and of the next fleet while an endpoint is being updated. */
export async function instancesOfEndpoints(): Promise<Running[]> {
  const listed = await everyPage(paginateListEndpoints({ client: sagemaker }, {}), ({ Endpoints }) => Endpoints);
  return each(listed, ({ EndpointName }) => sagemaker.send(new DescribeEndpointCommand({ EndpointName })), async (endpoint) => {
    const { EndpointConfigName, PendingDeploymentSummary: next } = endpoint;
    const config = await unlessGone(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
    const configured = [...config?.ProductionVariants ?? [], ...config?.ShadowProductionVariants ?? []];
    return [
      ...[...endpoint.ProductionVariants ?? [], ...endpoint.ShadowProductionVariants ?? []].flatMap(({ VariantName, CurrentInstanceCount }) => (
        running(configured.find((one) => one.VariantName === VariantName)?.InstanceType, 'endpoint', CurrentInstanceCount ?? 0)
      )),
      ...[...next?.ProductionVariants ?? [], ...next?.ShadowProductionVariants ?? []].flatMap(({ InstanceType, CurrentInstanceCount }) => (
        running(InstanceType, 'endpoint', CurrentInstanceCount ?? 0)
      )),
    ];
  });
}

/** Applications have a quota for each of their kinds. */
export function instancesOfApplications(apps: readonly AppDetails[]): Running[] {
  return apps.flatMap(({ AppType, Status, ResourceSpec }): Running[] => {
    const type = ResourceSpec?.InstanceType;
    if (type === undefined || type === 'system' || (Status !== 'InService' && Status !== 'Pending')) return [];
    return [{ quota: `${AppType} Apps running on ${type} instance`, count: 1 }];
  });
}

export async function instancesOfNotebooks(): Promise<Running[]> {
  const pages = paginateListNotebookInstances({ client: sagemaker }, { StatusEquals: 'InService' });
  const listed = await everyPage(pages, ({ NotebookInstances }) => NotebookInstances);
  return listed.flatMap(({ InstanceType }) => running(InstanceType, 'notebook instance'));
}

/** Those of a training plan are reserved, and count against no such quota. */
export async function instancesOfTraining(): Promise<Running[]> {
  const listed = await everyPage(paginateListTrainingJobs({ client: sagemaker }, IN_PROGRESS), ({ TrainingJobSummaries }) => TrainingJobSummaries);
  return each(listed, ({ TrainingJobName }) => sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })), (job) => {
    const { InstanceType, InstanceCount, InstanceGroups, TrainingPlanArn } = job.ResourceConfig ?? {};
    if (TrainingPlanArn !== undefined) return [];
    const use = job.EnableManagedSpotTraining === true ? 'spot training job' : 'training job';
    return (InstanceGroups ?? [{ InstanceType, InstanceCount }]).flatMap((group) => running(group.InstanceType, use, group.InstanceCount));
  });
}

export async function instancesOfProcessing(): Promise<Running[]> {
  const pages = paginateListProcessingJobs({ client: sagemaker }, IN_PROGRESS);
  const listed = await everyPage(pages, ({ ProcessingJobSummaries }) => ProcessingJobSummaries);
  return each(listed, ({ ProcessingJobName }) => sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName })), (job) => {
    const { InstanceType, InstanceCount } = job.ProcessingResources?.ClusterConfig ?? {};
    return running(InstanceType, 'processing job', InstanceCount);
  });
}

export async function instancesOfTransforms(): Promise<Running[]> {
  const listed = await everyPage(paginateListTransformJobs({ client: sagemaker }, IN_PROGRESS), ({ TransformJobSummaries }) => TransformJobSummaries);
  return each(listed, ({ TransformJobName }) => sagemaker.send(new DescribeTransformJobCommand({ TransformJobName })), ({ TransformResources }) => (
    running(TransformResources?.InstanceType, 'transform job', TransformResources?.InstanceCount)
  ));
}
