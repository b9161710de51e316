import { hasLocalStorage } from '../../identity/instance-families';
import { CAPTURES, GROUND_TRUTH, MONITORING_REPORTS } from '../../roles/targets/capture-folders';
import { MonitoringCheck } from '../monitoring-check';

/** A job that looks at what an endpoint captured. */
export interface MonitoringJobProps {
  readonly check: MonitoringCheck;
  readonly environmentName: string;
  readonly instanceType: string;
  /** The parameter that holds a threshold. */
  readonly parameterOf: (threshold: string) => string;
}

const PROGRAM = '/tmp/monitor.zip';

/**
 * Fetches the program from its address, the first argument, and becomes it with the rest. As an input of the job, SageMaker would
 * list the bucket of releases for it, which targets may not.
 */
const START = `import boto3,runpy,sys;u=sys.argv.pop(1).split('/',3);boto3.client('s3').download_file(u[2],u[3],'${PROGRAM}');sys.argv[0]='${PROGRAM}';runpy.run_path('${PROGRAM}',run_name='__main__')`;

/** EventBridge Scheduler puts something else here each time that it starts a job. */
const EXECUTION = '<aws.scheduler.execution-id>';

/**
 * The request that starts a job, as SageMaker's API takes it: a text of JSON for `Fn::Sub`, in which `${…}` are parameters of
 * the template, and besides `Region`, `Image`, `ReleasesBucket`, `Namespace`, `Subnets` and `SecurityGroups`. In the network, with the
 * keys and within the time that the guardrails demand: they refuse any other.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export function monitoringJob({ check, environmentName, instanceType, parameterOf }: MonitoringJobProps): string {
  const inCaptures = (folder: string) => `s3://\${CaptureBucket}/${folder}`;
  return JSON.stringify({
    ProcessingJobName: `${environmentName}--${EXECUTION}`, // short: names of jobs have 63 characters at the most
    RoleArn: '${MonitoringRoleArn}',
    AppSpecification: {
      ImageUri: '${Image}',
      ContainerEntrypoint: ['python3', '-c', START],
      ContainerArguments: [
        '${ProgramUrl}',
        ...check._arguments,
        ...['--endpoint', '${EndpointName}'],
        ...['--captures', inCaptures(`${CAPTURES}\${ReleasesBucket}`)], // endpoints capture under the name of their release
        ...['--releases', 's3://${ReleasesBucket}'],
        ...['--ground-truth', inCaptures(`${GROUND_TRUTH}\${EndpointName}`)],
        ...['--reports', inCaptures(`${MONITORING_REPORTS}\${EndpointName}`)],
        ...['--namespace', '${Namespace}'],
        ...check._thresholds.flatMap(({ name, option }) => [option, `\${${parameterOf(name)}}`]),
      ],
    },
    Environment: { AWS_DEFAULT_REGION: '${Region}' },
    // The program writes its reports itself, under the hour that they are about; the key is named for the guardrails.
    ProcessingOutputConfig: { Outputs: [], KmsKeyId: '${CaptureKeyArn}' },
    ProcessingResources: {
      ClusterConfig: {
        InstanceCount: 1,
        InstanceType: instanceType,
        VolumeSizeInGB: 30,
        ...hasLocalStorage(instanceType) ? {} : { VolumeKmsKeyId: '${VolumesKeyArn}' },
      },
    },
    NetworkConfig: {
      EnableInterContainerTrafficEncryption: true,
      EnableNetworkIsolation: false, // the program reads captures by their hour
      VpcConfig: { Subnets: ['${Subnets}'], SecurityGroupIds: ['${SecurityGroups}'] },
    },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    Tags: [{ Key: 'environment', Value: environmentName }],
  });
}
