import {
  DescribeProcessingJobCommand, DescribeTrainingJobCommand, DescribeTrainingJobResponse, DescribeTransformJobCommand, paginateListProcessingJobs,
  paginateListTrainingJobs, paginateListTransformJobs, StopAutoMLJobCommand, StopHyperParameterTuningJobCommand, StopProcessingJobCommand,
  StopTrainingJobCommand, StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker';
import { Owners } from './owners';
import { nameIn, ofEach, sagemaker } from './sagemaker';
import { everyPage } from '../../aws/sdk';
import { unlessGone } from '../../corrective/faults';
import { Stop, typeIn, Use, usesOf } from '../use';

/** What runs, and what has changed since: jobs that began and ended between two meterings are counted all the same. */
const filters = (since: Date) => [{ StatusEquals: 'InProgress' as const }, { StatusEquals: 'Stopping' as const }, { LastModifiedTimeAfter: since }];

/** Names of jobs by any of several filters, each once. */
async function namesOf<F>(all: readonly F[], list: (filter: F) => Promise<(string | undefined)[]>): Promise<Set<string>> {
  const names = new Set<string>();
  for (const filter of all) for (const name of await list(filter)) if (name !== undefined) names.add(name);
  return names;
}

export async function trainingJobs(owners: Owners, since: Date): Promise<Use[]> {
  const names = await namesOf([...filters(since), { WarmPoolStatusEquals: 'Available' as const }], (filter) => (
    everyPage(paginateListTrainingJobs({ client: sagemaker }, filter), (page) => page.TrainingJobSummaries?.map((job) => job.TrainingJobName))
  ));
  return ofEach(names, async (TrainingJobName) => {
    const job = await unlessGone(() => sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })));
    if (job?.TrainingStartTime === undefined || !owners.isOurs(job.RoleArn)) return []; // it waits, and costs nothing yet
    const { InstanceType, InstanceCount, InstanceGroups, TrainingPlanArn: plan } = job.ResourceConfig ?? {};
    const groups = InstanceGroups ?? [{ InstanceType, InstanceCount }];
    const use = { kind: 'training' as const, start: job.TrainingStartTime.getTime(), end: endOf(job), stop: stopOfTraining(job), ...await owners.ofTags(job.TrainingJobArn) };
    return usesOf(use, groups.map((group) => ({ type: typeIn(plan, group.InstanceType), count: group.InstanceCount })));
  });
}

/** Instances that are kept for the next job are paid for until they are let go. */
function endOf({ TrainingEndTime, WarmPoolStatus: pool }: DescribeTrainingJobResponse): number | undefined {
  if (TrainingEndTime === undefined || pool?.Status === 'Available') return undefined;
  return TrainingEndTime.getTime() + (pool?.ResourceRetainedBillableTimeInSeconds ?? 0) * 1000;
}

/** A job of a tuning or AutoML job is stopped with it, or another would take its place. */
function stopOfTraining(job: DescribeTrainingJobResponse): Stop | undefined {
  const { TrainingJobName, TrainingJobStatus, TuningJobArn, AutoMLJobArn } = job;
  if (TrainingJobStatus !== 'InProgress') return undefined;
  if (AutoMLJobArn !== undefined) return autoMl(AutoMLJobArn);
  if (TuningJobArn === undefined) return { of: 'jobs', what: `training job ${TrainingJobName}`, call: () => sagemaker.send(new StopTrainingJobCommand({ TrainingJobName })) };
  const HyperParameterTuningJobName = nameIn(TuningJobArn);
  return { of: 'jobs', what: `tuning job ${HyperParameterTuningJobName}`, call: () => sagemaker.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName })) };
}

function autoMl(arn: string): Stop {
  const AutoMLJobName = nameIn(arn);
  return { of: 'jobs', what: `AutoML job ${AutoMLJobName}`, call: () => sagemaker.send(new StopAutoMLJobCommand({ AutoMLJobName })) };
}

export async function processingJobs(owners: Owners, since: Date): Promise<Use[]> {
  const names = await namesOf(filters(since), (filter) => (
    everyPage(paginateListProcessingJobs({ client: sagemaker }, filter), (page) => page.ProcessingJobSummaries?.map((job) => job.ProcessingJobName))
  ));
  return ofEach(names, async (ProcessingJobName) => {
    const job = await unlessGone(() => sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName })));
    if (job?.ProcessingStartTime === undefined || !owners.isOurs(job.RoleArn)) return [];
    const { InstanceType: type, InstanceCount: count } = job.ProcessingResources?.ClusterConfig ?? {};
    const stop: Stop = { of: 'jobs', what: `processing job ${ProcessingJobName}`, call: () => sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName })) };
    const use = {
      kind: 'processing' as const,
      start: job.ProcessingStartTime.getTime(),
      end: job.ProcessingEndTime?.getTime(),
      stop: job.ProcessingJobStatus !== 'InProgress' ? undefined : job.AutoMLJobArn === undefined ? stop : autoMl(job.AutoMLJobArn),
      ...await owners.ofTags(job.ProcessingJobArn),
    };
    return usesOf(use, [{ type, count }]);
  });
}

/** Whose role is that of the model. */
export async function transformJobs(owners: Owners, since: Date): Promise<Use[]> {
  const names = await namesOf(filters(since), (filter) => (
    everyPage(paginateListTransformJobs({ client: sagemaker }, filter), (page) => page.TransformJobSummaries?.map((job) => job.TransformJobName))
  ));
  return ofEach(names, async (TransformJobName) => {
    const job = await unlessGone(() => sagemaker.send(new DescribeTransformJobCommand({ TransformJobName })));
    if (job?.TransformStartTime === undefined || !owners.isOurs(await owners.roleOfModel(job.ModelName))) return [];
    const { InstanceType: type, InstanceCount: count } = job.TransformResources ?? {};
    const stop: Stop = { of: 'jobs', what: `transform job ${TransformJobName}`, call: () => sagemaker.send(new StopTransformJobCommand({ TransformJobName })) };
    const use = {
      kind: 'transform' as const,
      start: job.TransformStartTime.getTime(),
      end: job.TransformEndTime?.getTime(),
      stop: job.TransformJobStatus === 'InProgress' ? stop : undefined,
      ...await owners.ofTags(job.TransformJobArn),
    };
    return usesOf(use, [{ type, count }]);
  });
}
