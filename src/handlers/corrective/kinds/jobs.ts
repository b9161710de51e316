import {
  DescribeAutoMLJobV2Command, DescribeHyperParameterTuningJobCommand, DescribeModelCommand, DescribeProcessingJobCommand,
  DescribeTrainingJobCommand, DescribeTransformJobCommand, HyperParameterTrainingJobDefinition, ResourceConfig, StopAutoMLJobCommand,
  StopHyperParameterTuningJobCommand, StopProcessingJobCommand, StopTrainingJobCommand, StopTransformJobCommand, VpcConfig,
} from '@aws-sdk/client-sagemaker';
import { atAction, keyArn, sagemaker } from './sagemaker';
import { unlessGone } from '../faults';
import { Kind, Request, Seen } from '../seen';

/** What kinds of jobs have in common, once they are described. */
interface Job {
  readonly arn?: string;
  readonly status?: string;
  readonly created?: Date;
  readonly requests: Request[];
  readonly roles: () => Promise<(string | undefined)[]>;
  readonly stop: () => Promise<unknown>;
}

/** Settings of a job, as SageMaker's condition keys have them. */
interface JobSettings {
  readonly network?: VpcConfig;
  readonly volumeKey?: string;
  readonly outputKey?: string;
  readonly instances?: (string | undefined)[];
  readonly seconds?: number;
  /** Undefined for jobs that cannot be isolated, or whose traffic cannot be encrypted. */
  readonly isolated?: boolean;
  readonly encrypted?: boolean;
}

function request(call: string, { network, volumeKey, outputKey, instances, seconds, isolated, encrypted }: JobSettings): Request {
  return atAction(call, {
    VpcSubnets: network?.Subnets,
    VpcSecurityGroupIds: network?.SecurityGroupIds,
    VolumeKmsKeyArn: keyArn(volumeKey),
    OutputKmsKeyArn: keyArn(outputKey),
    InstanceTypes: instances?.filter((type): type is string => type !== undefined),
    MaxRuntimeInSeconds: seconds,
    NetworkIsolation: isolated,
    InterContainerTrafficEncryption: encrypted,
  });
}

/** Instances of a training job are of one type, or in groups. */
const typesOf = (resources?: ResourceConfig) => [
  resources?.InstanceType, ...(resources?.InstanceGroups ?? []).map(({ InstanceType }) => InstanceType),
];

async function training(TrainingJobName: string): Promise<Job> {
  const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
  return {
    arn: job.TrainingJobArn,
    status: job.TrainingJobStatus,
    created: job.CreationTime,
    roles: () => Promise.resolve([job.RoleArn]),
    requests: [request('CreateTrainingJob', {
      network: job.VpcConfig,
      volumeKey: job.ResourceConfig?.VolumeKmsKeyId,
      outputKey: job.OutputDataConfig?.KmsKeyId,
      instances: typesOf(job.ResourceConfig),
      seconds: job.StoppingCondition?.MaxRuntimeInSeconds,
      isolated: job.EnableNetworkIsolation ?? false,
      encrypted: job.EnableInterContainerTrafficEncryption ?? false,
    })],
    stop: () => sagemaker.send(new StopTrainingJobCommand({ TrainingJobName })),
  };
}

async function processing(ProcessingJobName: string): Promise<Job> {
  const job = await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
  const cluster = job.ProcessingResources?.ClusterConfig;
  return {
    arn: job.ProcessingJobArn,
    status: job.ProcessingJobStatus,
    created: job.CreationTime,
    roles: () => Promise.resolve([job.RoleArn]),
    requests: [request('CreateProcessingJob', {
      network: job.NetworkConfig?.VpcConfig,
      volumeKey: cluster?.VolumeKmsKeyId,
      outputKey: job.ProcessingOutputConfig?.KmsKeyId,
      instances: [cluster?.InstanceType],
      seconds: job.StoppingCondition?.MaxRuntimeInSeconds,
      isolated: job.NetworkConfig?.EnableNetworkIsolation ?? false,
      encrypted: job.NetworkConfig?.EnableInterContainerTrafficEncryption ?? false,
    })],
    stop: () => sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName })),
  };
}

async function transform(TransformJobName: string): Promise<Job> {
  const job = await sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));
  return {
    arn: job.TransformJobArn,
    status: job.TransformJobStatus,
    created: job.CreationTime,
    roles: async () => [await roleOfModel(job.ModelName)],
    requests: [request('CreateTransformJob', {
      volumeKey: job.TransformResources?.VolumeKmsKeyId,
      outputKey: job.TransformOutput?.KmsKeyId,
      instances: [job.TransformResources?.InstanceType],
    })],
    stop: () => sagemaker.send(new StopTransformJobCommand({ TransformJobName })),
  };
}

/** A transform job has the role of its model, which may have been deleted since. */
async function roleOfModel(ModelName: string | undefined): Promise<string | undefined> {
  return (await unlessGone(() => sagemaker.send(new DescribeModelCommand({ ModelName }))))?.ExecutionRoleArn;
}

async function tuning(HyperParameterTuningJobName: string): Promise<Job> {
  const job = await sagemaker.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName }));
  const definitions = [job.TrainingJobDefinition, ...(job.TrainingJobDefinitions ?? [])].filter((one) => one !== undefined);
  return {
    arn: job.HyperParameterTuningJobArn,
    status: job.HyperParameterTuningJobStatus,
    created: job.CreationTime,
    roles: () => Promise.resolve(definitions.map(({ RoleArn }) => RoleArn)),
    requests: definitions.map(tried),
    stop: () => sagemaker.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName })),
  };
}

/** What a tuning job tries is a training job each time. */
function tried(job: HyperParameterTrainingJobDefinition): Request {
  const { ResourceConfig: resources, HyperParameterTuningResourceConfig: own } = job;
  return request('CreateHyperParameterTuningJob', {
    network: job.VpcConfig,
    volumeKey: own?.VolumeKmsKeyId ?? resources?.VolumeKmsKeyId,
    outputKey: job.OutputDataConfig?.KmsKeyId,
    instances: [...typesOf(resources), own?.InstanceType, ...(own?.InstanceConfigs ?? []).map(({ InstanceType }) => InstanceType)],
    seconds: job.StoppingCondition?.MaxRuntimeInSeconds,
    isolated: job.EnableNetworkIsolation ?? false,
    encrypted: job.EnableInterContainerTrafficEncryption ?? false,
  });
}

/** Described in the second version, which jobs of the first have as well. */
async function autoMl(AutoMLJobName: string): Promise<Job> {
  const job = await sagemaker.send(new DescribeAutoMLJobV2Command({ AutoMLJobName }));
  return {
    arn: job.AutoMLJobArn,
    status: job.AutoMLJobStatus,
    created: job.CreationTime,
    roles: () => Promise.resolve([job.RoleArn]),
    requests: [request('CreateAutoMLJobV2', {
      network: job.SecurityConfig?.VpcConfig,
      volumeKey: job.SecurityConfig?.VolumeKmsKeyId,
      outputKey: job.OutputDataConfig?.KmsKeyId,
      encrypted: job.SecurityConfig?.EnableInterContainerTrafficEncryption ?? false,
    })],
    stop: () => sagemaker.send(new StopAutoMLJobCommand({ AutoMLJobName })),
  };
}

/** A kind of jobs. A job that was stopped cannot go on; what it wrote until then stays. */
function kind(member: string, describe: (name: string) => Promise<Job>): Kind {
  return {
    action: 'stop-job',
    look: async ({ name }): Promise<Seen | undefined> => {
      const job = await unlessGone(() => describe(name[member]));
      if (job?.arn === undefined) return undefined;
      return {
        arn: job.arn,
        since: String(job.created?.toISOString()),
        isActive: job.status === 'InProgress',
        about: job.requests,
        resources: {},
        roles: async () => (await job.roles()).filter((role) => role !== undefined),
        requests: job.requests,
        correct: job.stop,
        undo: [],
      };
    },
  };
}

export const JOBS: Record<string, Kind> = {
  TrainingJob: kind('TrainingJobName', training),
  ProcessingJob: kind('ProcessingJobName', processing),
  TransformJob: kind('TransformJobName', transform),
  HyperParameterTuningJob: kind('HyperParameterTuningJobName', tuning),
  AutoMLJob: kind('AutoMLJobName', autoMl),
};
