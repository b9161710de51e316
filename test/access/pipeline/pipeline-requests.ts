import { execFileSync } from 'child_process';
import { join, resolve } from 'path';
import { virtualEnvironment } from '../../../integ/python/environment';
import { sharedPython } from '../../python/shared-python';
import { GuardrailValues } from '../request/guardrail-context';
import { ACCOUNTS, REGION } from '../request/organization';
import { Context } from '../request/requester';

/** The projects as repositories get them. */
export const SEED_CODE = resolve(__dirname, '..', '..', '..', 'assets', 'seed-code');

/** A request that SageMaker makes when it runs the pipeline of the seed code. */
export interface PipelineRequest {
  readonly step: string;
  readonly operation: 'CreateProcessingJob' | 'CreateTrainingJob' | 'CreateHyperParameterTuningJob' | 'CreateModelPackage' | 'CreateModel' | 'CreateTransformJob';
  readonly parameters: Parameters;
  /** What the shapes of SageMaker's API say against it. */
  readonly faults: string;
}

type Parameters = Record<string, unknown>;

/** The module that writes a pipeline, and the Python that has what it needs. */
export interface Writer { readonly module: string; readonly python: () => string | Promise<string> }

/** As builds do, with Python alone. */
const OWN: Writer = { module: 'definition', python: sharedPython };
/** With the SageMaker SDK, in an environment of its own: half a minute and a gigabyte, once. */
export const WITH_SDK: Writer = { module: 'with_sdk', python: () => virtualEnvironment('.venv-sdk-3', ['sagemaker==3.27.0']) };

/** Runs the seed code of a project as its build does, in an environment with these subnets, groups and keys. */
export async function pipelineRequests(
  project: 'train' | 'batch' | 'fine-tune', variables: Record<string, string>, { subnets, securityGroups, keys }: GuardrailValues, { module, python }: Writer = OWN,
): Promise<PipelineRequest[]> {
  const role = (name: string) => `arn:aws:iam::${ACCOUNTS.data.id}:role/churn--${name}-${REGION}`;
  const output = execFileSync(await python(), [join(__dirname, 'pipeline_requests.py'), join(SEED_CODE, project), module], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', module === 'with_sdk' ? 'ignore' : 'inherit'], // the SDK is talkative
    env: {
      PATH: process.env.PATH,
      PYTHONDONTWRITEBYTECODE: '1',
      ...variables,
      AWS_REGION: REGION,
      ENVIRONMENT_NAME: 'churn',
      SAGEMAKER_PROJECT_NAME: 'forecast',
      SAGEMAKER_PROJECT_ID: 'p-abcdefghijkl',
      SAGEMAKER_DOMAIN_ARN: `arn:aws:sagemaker:${REGION}:${ACCOUNTS.data.id}:domain/d-1`,
      PIPELINE_NAME: 'churn--forecast-p-abcdefghijkl',
      MODEL_PACKAGE_GROUP_NAME: 'churn--forecast-p-abcdefghijkl',
      PIPELINE_ROLE_ARN: role('pipeline-execution'),
      JOB_ROLE_ARN: role('job-execution'),
      BATCH_ROLE_ARN: role('batch-inference'),
      SUBNET_IDS: subnets.join(','),
      SECURITY_GROUP_IDS: securityGroups.join(','),
      VOLUMES_KEY_ARN: keys.volumeKey,
      DATA_KEY_ARN: keys.dataKey,
      MODELS_KEY_ARN: keys.modelKey,
      ARTIFACTS_KEY_ARN: keys.artifactKey,
      DATA_BUCKET: 'churn-data',
      MODELS_BUCKET: 'churn-models',
      REPORTS_BUCKET: 'churn-reports',
      CODE_BUCKET: 'churn-artifacts',
      CODE_PREFIX: 'code/churn--forecast-p-abcdefghijkl/',
    },
  });
  return JSON.parse(output) as PipelineRequest[];
}

/** Where a job says what SageMaker hands on as a condition key. */
const CONDITION_KEYS: Record<string, RegExp> = {
  'sagemaker:VpcSubnets': /^(NetworkConfig\.|TrainingJobDefinition\.)?VpcConfig\.Subnets$/,
  'sagemaker:VpcSecurityGroupIds': /^(NetworkConfig\.|TrainingJobDefinition\.)?VpcConfig\.SecurityGroupIds$/,
  'sagemaker:VolumeKmsKeyArn': /^(ProcessingResources\.ClusterConfig|(TrainingJobDefinition\.)?(HyperParameterTuning)?ResourceConfig|TransformResources)\.VolumeKmsKeyId$/,
  'sagemaker:OutputKmsKeyArn': /^(ProcessingOutputConfig|(TrainingJobDefinition\.)?OutputDataConfig|TransformOutput)\.KmsKeyId$/,
  'sagemaker:InterContainerTrafficEncryption': /^(NetworkConfig\.|TrainingJobDefinition\.)?EnableInterContainerTrafficEncryption$/,
  'sagemaker:NetworkIsolation': /^(NetworkConfig\.|TrainingJobDefinition\.)?EnableNetworkIsolation$/,
  'sagemaker:InstanceTypes': /^(ProcessingResources\.ClusterConfig|(TrainingJobDefinition\.)?(HyperParameterTuning)?ResourceConfig|TransformResources)\.InstanceType$/,
  'sagemaker:MaxRuntimeInSeconds': /^(TrainingJobDefinition\.)?StoppingCondition\.MaxRuntimeInSeconds$/,
  'sagemaker:ModelApprovalStatus': /^ModelApprovalStatus$/,
  'sagemaker:FeatureGroupOfflineStoreConfig': /^OfflineStoreConfig\.S3StorageConfig\.S3Uri$/, // whether there is one is all that can be asked
  'sagemaker:FeatureGroupOfflineStoreS3Uri': /^OfflineStoreConfig\.S3StorageConfig\.S3Uri$/,
  'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': /^OfflineStoreConfig\.S3StorageConfig\.KmsKeyId$/,
  'sagemaker:FeatureGroupDisableGlueTableCreation': /^OfflineStoreConfig\.DisableGlueTableCreation$/,
  'sagemaker:FeatureGroupEnableOnlineStore': /^OnlineStoreConfig\.EnableOnlineStore$/,
  'sagemaker:FeatureGroupOnlineStoreKmsKeyArn': /^OnlineStoreConfig\.SecurityConfig\.KmsKeyId$/,
};

/** Several values, even where there is one. */
const LISTS = ['sagemaker:VpcSubnets', 'sagemaker:VpcSecurityGroupIds', 'sagemaker:InstanceTypes'];

/**
 * The condition keys that SageMaker sends with a request.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export function conditionKeysOf({ parameters }: PipelineRequest): Context {
  const said = pathsOf(parameters);
  const keys = Object.entries(CONDITION_KEYS).flatMap(([key, where]) => {
    const [, value] = said.find(([path]) => where.test(path)) ?? [];
    if (value === undefined) return [];
    return [[key, LISTS.includes(key) ? [value].flat() as string[] : String(value)] as const];
  });
  const tags = (parameters.Tags ?? []) as { Key: string; Value: string }[];
  return {
    ...Object.fromEntries(keys),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...tags.length > 0 && { 'aws:TagKeys': tags.map(({ Key }) => Key) },
  };
}

/** Every value by the names that lead to it; lists are values. */
function pathsOf(value: Parameters, before = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, one]) => (isMap(one) ? pathsOf(one, `${before}${name}.`) : [[`${before}${name}`, one] as [string, unknown]]));
}

function isMap(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same request without what this condition key is about. */
export function without(key: string, request: PipelineRequest): PipelineRequest {
  const strip = (value: Parameters, before = ''): Parameters => Object.fromEntries(Object.entries(value)
    .filter(([name]) => !CONDITION_KEYS[key].test(`${before}${name}`))
    .map(([name, one]) => [name, isMap(one) ? strip(one, `${before}${name}.`) : one]));
  return { ...request, parameters: strip(request.parameters) };
}
