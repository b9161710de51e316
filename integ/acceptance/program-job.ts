import { readFileSync } from 'fs';
import { join } from 'path';
import { ENVIRONMENT_NAME } from './app';
import { must } from './claim';
import { Extra } from './extras';
import { Scene } from './scene';

const IMAGES = join(__dirname, '..', '..', 'assets', 'seed-code', 'train', 'pipeline', 'images.json');
/** SageMaker takes arguments of at most this length. */
const ARGUMENT_LENGTH = 256;
const LOADER = "import sys,base64;exec(base64.b64decode(''.join(sys.argv[1:])))";

interface Images {
  readonly frameworks: { readonly xgboost: { readonly accounts: string; readonly training: string } };
  readonly accounts: Record<string, Record<string, string>>;
}
interface Job { readonly ProcessingJobStatus: string; readonly ExitMessage?: string; readonly FailureReason?: string }

/** Runs a program of this folder in a job, as somebody who works in Studio starts one, and says what it has left as its exit message. */
export async function runInJob(scene: Scene, program: string, variables: Record<string, string> = {}): Promise<string> {
  const ProcessingJobName = `acceptance-${Date.now()}`;
  await scene.callAs(await scene.studio(), 'sagemaker', 'create_processing_job', await jobRequest(scene, ProcessingJobName, program, variables));
  const job = await scene.until('the end of the job', 30, async () => {
    const now = await scene.call<Job>('sagemaker', 'describe_processing_job', { ProcessingJobName });
    return ['Completed', 'Failed', 'Stopped'].includes(now.ProcessingJobStatus) ? now : undefined;
  });
  must(job.ProcessingJobStatus === 'Completed', `${job.ProcessingJobStatus}: ${job.ExitMessage ?? job.FailureReason ?? 'no reason given'}`);
  return job.ExitMessage ?? 'completed';
}

/** A job as the guardrails want it, with the program in its arguments: nothing has to be stored first. */
export async function jobRequest(
  scene: Scene, ProcessingJobName: string, program: string, variables: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const [subnets, group, volumeKey, role, bucket] = await Promise.all([
    'network/subnet-ids', 'network/workload-security-group-id', 'encryption/volumes-key-arn', 'identity/job-execution-role-arn', 'storage/data-bucket',
  ].map((what) => scene.parameter(what)));
  const LEADS_OUT = scene.extras.includes(Extra.FIREWALL) ? 'yes' : 'no';
  return {
    ProcessingJobName,
    RoleArn: role,
    AppSpecification: {
      ImageUri: imageIn(scene.region),
      ContainerEntrypoint: ['python3', '-c', LOADER],
      ContainerArguments: pieces(readFileSync(join(__dirname, program)).toString('base64')),
    },
    Environment: { DATA_BUCKET: bucket, AWS_REGION: scene.region, AWS_DEFAULT_REGION: scene.region, LEADS_OUT, ...variables },
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
