import { readFileSync } from 'fs';
import { join } from 'path';
import { ENVIRONMENT_NAME } from '../app';
import { must } from '../claim';
import { Scene } from '../scene';
import { Step } from '../step';

const ONLY_ON_AWS = 'the local AWS runs no jobs';
const IMAGES = join(__dirname, '..', '..', '..', 'assets', 'seed-code', 'train', 'pipeline', 'images.json');
/** SageMaker takes arguments of at most this length. */
const ARGUMENT_LENGTH = 256;
const LOADER = "import sys,base64;exec(base64.b64decode(''.join(sys.argv[1:])))";

interface Images {
  readonly frameworks: { readonly xgboost: { readonly accounts: string; readonly training: string } };
  readonly accounts: Record<string, Record<string, string>>;
}
interface Job { readonly ProcessingJobStatus: string; readonly ExitMessage?: string; readonly FailureReason?: string }

/** What code in a job reaches, and what starts no job. */
export const JOBS: Step[] = [
  {
    id: 'guardrails',
    claim: 'A job that does not name the environment\'s subnets is refused',
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html',
    remedy: 'The guardrails of the Studio role are denials on the condition keys that SageMaker sends for CreateProcessingJob',
    after: ['own-name'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const { NetworkConfig: _, ...request } = await requestOf(scene, `acceptance-refused-${Date.now()}`);
      return scene.refused(/AccessDenied/, scene.callAs(await scene.studio(), 'sagemaker', 'create_processing_job', request));
    },
  },
  {
    id: 'job',
    claim: 'A job that keeps the guardrails runs in the VPC: it reads and writes data through the S3 endpoint, and reaches neither foreign buckets nor the internet',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html',
    remedy: 'The exit message says what was allowed or refused against expectation; a job that does not start names what SageMaker could not do in FailureReason',
    after: ['own-name'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const ProcessingJobName = `acceptance-${Date.now()}`;
      await scene.callAs(await scene.studio(), 'sagemaker', 'create_processing_job', await requestOf(scene, ProcessingJobName));
      const job = await scene.until('the end of the job', 30, async () => {
        const now = await scene.call<Job>('sagemaker', 'describe_processing_job', { ProcessingJobName });
        return ['Completed', 'Failed', 'Stopped'].includes(now.ProcessingJobStatus) ? now : undefined;
      });
      must(job.ProcessingJobStatus === 'Completed', `${job.ProcessingJobStatus}: ${job.ExitMessage ?? job.FailureReason ?? 'no reason given'}`);
      return job.ExitMessage ?? 'completed';
    },
  },
  {
    id: 'job-log',
    claim: 'A data scientist reads what the job has printed',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html',
    remedy: 'The role of jobs writes to /aws/sagemaker/ProcessingJobs through the logs endpoint',
    after: ['job'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const logGroupName = '/aws/sagemaker/ProcessingJobs';
      const { events } = await scene.callAs<{ events: object[] }>(await scene.persona('data-scientist'), 'logs', 'filter_log_events', { logGroupName, logStreamNamePrefix: 'acceptance-' });
      return `${events.length} lines`;
    },
  },
];

/** A job as the guardrails want it, with the probe in its arguments: nothing has to be stored first. */
async function requestOf(scene: Scene, ProcessingJobName: string): Promise<Record<string, unknown>> {
  const [subnets, group, volumeKey, role, bucket] = await Promise.all([
    'network/subnet-ids', 'network/workload-security-group-id', 'encryption/volumes-key-arn', 'identity/job-execution-role-arn', 'storage/data-bucket',
  ].map((what) => scene.parameter(what)));
  return {
    ProcessingJobName,
    RoleArn: role,
    AppSpecification: {
      ImageUri: imageIn(scene.region),
      ContainerEntrypoint: ['python3', '-c', LOADER],
      ContainerArguments: pieces(readFileSync(join(__dirname, '..', 'probe.py')).toString('base64')),
    },
    Environment: { DATA_BUCKET: bucket, AWS_REGION: scene.region, AWS_DEFAULT_REGION: scene.region },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.t3.medium', VolumeSizeInGB: 5, VolumeKmsKeyId: volumeKey } },
    NetworkConfig: { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: false, VpcConfig: { SecurityGroupIds: [group], Subnets: subnets.split(',') } },
    StoppingCondition: { MaxRuntimeInSeconds: 900 },
    Tags: [{ Key: 'environment', Value: ENVIRONMENT_NAME }],
  };
}

function pieces(text: string): string[] {
  return text.match(new RegExp(`.{1,${ARGUMENT_LENGTH}}`, 'g')) ?? [];
}

/** AWS's image with boto3, from its account in the region. */
function imageIn(region: string): string {
  const { frameworks: { xgboost }, accounts } = JSON.parse(readFileSync(IMAGES, 'utf8')) as Images;
  must(region in accounts, `AWS keeps no XGBoost image in ${region}.`);
  return `${accounts[xgboost.accounts][region]}.dkr.ecr.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/${xgboost.training}`;
}
