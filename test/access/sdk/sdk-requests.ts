import { readFileSync } from 'fs';
import { join } from 'path';
import { referencedAction } from '../../oracles/authorization/reference';
import { AccessSystem } from '../access-system';
import { conditionKeysOf } from '../pipeline/pipeline-requests';
import { ACCOUNTS, REGION } from '../request/organization';
import { Scenario } from '../scenario';
import { Trial, trialOf } from '../trial';

/** A request that an SDK has made, as it left the notebook. */
export interface SdkRequest {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Record<string, unknown>;
}

/** What somebody did in a notebook. */
export interface Asked {
  /** The error that ended it, on this side of AWS or after a refusal. */
  readonly stopped?: string;
  readonly requests: SdkRequest[];
}

/** What a version of the SDK asked, with the environment's configuration and without, as `npx projen sdk:capture` has written it down. */
export interface Recorded {
  readonly sdk: string;
  readonly parameters: Record<string, string>;
  /** What was answered with AccessDenied. */
  readonly refused: string[];
  readonly cells: { readonly cell: string; readonly configured: Asked; readonly bare: Asked }[];
}

/** What was recorded, with what the environment's parameters say instead of what they said then. */
export function recorded(version: 2 | 3, system: AccessSystem): Recorded {
  const text = readFileSync(join(__dirname, `requests-${version}.json`), 'utf8');
  const { parameters } = JSON.parse(text) as Recorded;
  const { subnets, securityGroups, keys } = system.guardrailsOf(asNotebook('sagemaker:CreateTrainingJob', 'anyJob'));
  const now: Record<string, string[]> = {
    'network/subnet-ids': subnets,
    'network/workload-security-group-id': securityGroups,
    'storage/data-bucket': [system.arnOf('dataBucket', asNotebook('s3:ListBucket', 'dataBucket')).split(':').pop()!],
    'encryption/data-key-arn': [keys.dataKey],
    'encryption/volumes-key-arn': [keys.volumeKey],
    'storage/offline-store-bucket': [system.arnOf('offlineStoreBucket', asNotebook('s3:ListBucket', 'offlineStoreBucket')).split(':').pop()!],
    'encryption/feature-store-key-arn': [system.arnOf('featureStoreKey', asNotebook('kms:Decrypt', 'featureStoreKey'))],
  };
  const replaced = Object.entries(parameters).flatMap(([name, value]) => {
    const values = Object.entries(now).find(([path]) => name.endsWith(path))?.[1] ?? [];
    return value.split(',').map((one, index) => [one, values[index] ?? one] as const);
  });
  return JSON.parse(replaced.reduce((all, [then, today]) => all.split(then).join(today), text)) as Recorded;
}

/** Actions that AWS allows everybody. */
const NOT_ASKED = ['sts:GetCallerIdentity'];
/** What an operation is authorized as, where the action is called otherwise. */
const ACTIONS: Record<string, string> = {
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  'sagemaker:PUT /BatchPutMetrics': 'sagemaker:BatchPutMetrics',
  'monitoring:GetMetricStatistics': 'cloudwatch:GetMetricStatistics',
};

/** Everything that AWS authorizes for a request of a notebook: the action on each resource, the tags, the roles that are handed on. */
export async function trialsOf({ service, operation, parameters }: SdkRequest, system: AccessSystem): Promise<Trial[]> {
  const action = ACTIONS[`${service}:${operation}`] ?? `${service}:${operation}`;
  if (NOT_ASKED.includes(action)) return [];
  if (service === 's3') return [ofBucket(action, parameters, system)];
  const arns = await resourcesOf(action, parameters);
  // What is there was made here: SageMaker has marked it with the domain.
  const made: Record<string, string> = /^sagemaker:(Stop|Update|Delete)/.test(action) ? { 'aws:ResourceTag/sagemaker:domain-arn': '$domain' } : {};
  const context = service === 'sagemaker' ? { ...conditionKeysOf({ step: '', operation: 'CreateTrainingJob', parameters, faults: '' }), ...made } : {};
  const trials = arns.map((arn) => trialOf({ ...asNotebook(action, arn), given: { context } }, system));
  // SageMaker marks everything that is made in Studio with the domain.
  const tagged = /^sagemaker:Create/.test(action)
    ? arns.filter((arn) => arn !== 'anything').map((arn) => trialOf({ ...asNotebook('sagemaker:AddTags', arn), given: { taggingAction: operation } }, system)) : [];
  const passed = rolesIn(parameters).map((role) => trialOf({ ...asNotebook('iam:PassRole', role), given: { passedTo: 'sagemaker.amazonaws.com' } }, system));
  return [...trials, ...tagged, ...passed];
}

/** The steps of a pipeline, as SageMaker asks for them as the pipeline's role when it runs. */
export function jobsOfPipeline({ operation, parameters }: SdkRequest): SdkRequest[] {
  if (operation !== 'CreatePipeline') return [];
  const { Steps } = JSON.parse(parameters.PipelineDefinition as string) as { Steps: { Type: string; Arguments: Record<string, unknown> }[] };
  const operations: Record<string, string> = {
    Training: 'CreateTrainingJob', Processing: 'CreateProcessingJob', Tuning: 'CreateHyperParameterTuningJob', Model: 'CreateModel', Transform: 'CreateTransformJob', RegisterModel: 'CreateModelPackage',
  };
  const made = 'pipelines-abcdefghijkl-Step-aB3dE5f'; // as SageMaker calls what a step makes
  const name = { TrainingJobName: made, ProcessingJobName: made, HyperParameterTuningJobName: made, ModelName: made, TransformJobName: made };
  return Steps.map(({ Type, Arguments }) => ({ service: 'sagemaker', operation: operations[Type], parameters: { ...name, ...Arguments } }));
}

function asNotebook(does: string, on: string): Scenario {
  return { id: 'sdk', expect: 'allow', who: 'studioExecution', does, on, from: 'environmentVpc', why: 'a notebook with the SDK' };
}

/** The same, as the role of pipelines. */
export async function trialsOfPipeline(request: SdkRequest, system: AccessSystem): Promise<Trial[]> {
  const [trial] = await trialsOf(request, system);
  return [trialOf({ ...trial.scenario, who: 'pipelineExecution' }, system)];
}

/** An object or a bucket of the environment, with its policy; a bucket of anybody else is not there. */
function ofBucket(action: string, { Bucket, Key, ...headers }: Record<string, unknown>, system: AccessSystem): Trial {
  const ours = system.arnOf('dataBucket', asNotebook('s3:ListBucket', 'dataBucket'));
  const bucket = `arn:aws:s3:::${String(Bucket)}`, arn = Key ? `${bucket}/${String(Key)}` : bucket;
  const context = Object.fromEntries(Object.entries(headers).map(([name, value]) => [`s3:${name}`, value as string]));
  const on = bucket === ours ? (Key ? 'dataOutputObject' : 'dataBucket') : Bucket ? arn : 'anything';
  const trial = trialOf({ ...asNotebook(action, on), given: { context } }, system);
  return on === 'anything' ? trial : { ...trial, request: { ...trial.request, on: { ...trial.request.on, arn } } };
}

/** The ARNs that an action is authorized on, by the formats of the service authorization reference and the names in the request. */
async function resourcesOf(action: string, parameters: Record<string, unknown>): Promise<string[]> {
  const names = Array.isArray(parameters.Names) ? parameters.Names as string[] : undefined;
  if (action === 'ssm:GetParameters') return names!.map((name) => arnOf('ssm', `parameter${name}`));
  const { resources } = await referencedAction(action);
  const found = resources.map(({ arnFormat }) => named(arnFormat, parameters)).filter((arn) => arn !== undefined);
  return found.length > 0 ? found : ['anything'];
}

function named(format: string, parameters: Record<string, unknown>): string | undefined {
  const given = Object.values(parameters).find((value) => typeof value === 'string' && sameKind(value, format)) as string | undefined;
  if (given !== undefined) return given;
  const values: Record<string, string> = { partition: 'aws', region: REGION, account: ACCOUNTS.data.id };
  for (const [name, value] of Object.entries(parameters)) if (typeof value === 'string') values[name.toLowerCase()] = value;
  const valueOf = (variable: string) => values[variable] ?? values[variable.replace(/^experiment(?=trial)/, '')] ?? (variable === 'modelpackageversion' ? '1' : undefined);
  const arn = format.replace(/\$\{(\w+)\}/g, (all, variable: string) => valueOf(variable.toLowerCase()) ?? all);
  return arn.includes('${') ? undefined : arn;
}

/** Whether a text is an ARN of this format, by its beginning. */
function sameKind(text: string, format: string): boolean {
  return new RegExp(`^${format.replace(/\$\{\w+\}/g, '[^/:]+')}$`).test(text);
}

function arnOf(service: string, rest: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNTS.data.id}:${rest}`;
}

/** Roles that a request hands on to SageMaker. */
function rolesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, one]) => (/RoleArn$/.test(name) && typeof one === 'string' ? [one] : rolesIn(one)));
  return [...new Set(found)];
}
