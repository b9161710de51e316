/**
 * Which SageMaker actions send which condition keys. A deny on a key that an action does not send would deny it for ever,
 * so each key has its list. A test compares the table with the service authorization reference.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */

/**
 * Patterns that match these actions and no other: as long as AWS adds none that begins and ends so, a deny says the same in less of the
 * little room that policies have. A test compares them with the same reference.
 */
export const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  'sagemaker:CreateAutoMLJob*': ['sagemaker:CreateAutoMLJob', 'sagemaker:CreateAutoMLJobV2'],
  'sagemaker:Create*JobDefinition': ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'].map((kind) => `sagemaker:Create${kind}JobDefinition`),
};

/** The same actions, by patterns where all are there that a pattern matches. */
export function byPatterns(names: string[]): string[] {
  return Object.entries(PATTERNS).reduce((left, [pattern, matched]) => (
    matched.every((name) => left.includes(name)) ? [...left.filter((name) => !matched.includes(name)), pattern] : left
  ), [...new Set(names)]);
}

const JOBS = ['CreateTrainingJob', 'CreateProcessingJob', 'CreateHyperParameterTuningJob'];
const AUTOML = ['CreateAutoMLJob', 'CreateAutoMLJobV2'];
const MONITORING = [
  'CreateMonitoringSchedule', 'UpdateMonitoringSchedule', 'CreateDataQualityJobDefinition', 'CreateModelQualityJobDefinition', 'CreateModelBiasJobDefinition',
  'CreateModelExplainabilityJobDefinition',
];

/** Actions of SageMaker. */
export const actions = (...names: string[]) => names.map((name) => `sagemaker:${name}`);

/** Subnets and security groups. */
export const SENDS_VPC = actions(...JOBS, ...AUTOML, ...MONITORING, 'CreateModel', 'CreateNotebookInstance');

/** Subnets and security groups, where an endpoint has inference components; otherwise its models say where they run. */
export const MAY_SEND_VPC = actions('CreateEndpointConfig');

/** Memory of a serverless endpoint. */
export const SENDS_SERVERLESS = actions('CreateEndpointConfig');

/** The key of volumes, together with instance types: a family with local storage takes no key. */
export const SENDS_VOLUME_KEY_AND_INSTANCES = actions(...JOBS, ...MONITORING, 'CreateTransformJob', 'CreateEndpointConfig', 'CreateNotebookInstance');

/** The key of volumes, without instance types. */
export const SENDS_VOLUME_KEY_ALONE = actions(...AUTOML);

/** The key of what is written. */
export const SENDS_OUTPUT_KEY = actions(...JOBS, ...AUTOML, ...MONITORING, 'CreateTransformJob');

/** Encryption between containers. */
export const SENDS_INTER_CONTAINER_ENCRYPTION = actions(...JOBS, ...AUTOML, ...MONITORING);

/** Network isolation of a model's containers. */
export const SENDS_NETWORK_ISOLATION_OF_MODELS = actions('CreateModel');

/** Network isolation of jobs. */
export const SENDS_NETWORK_ISOLATION_OF_JOBS = actions(...JOBS, ...MONITORING);

/** Instance types, always. */
export const MUST_SEND_INSTANCE_TYPES = actions(...JOBS, ...MONITORING, 'CreateTransformJob', 'CreateNotebookInstance');

/** Instance types, where they are not left to a default. */
export const MAY_SEND_INSTANCE_TYPES = actions('CreateApp', 'CreateSpace', 'UpdateSpace', 'CreateEndpointConfig');

/** The longest time that work may take. */
export const SENDS_MAXIMUM_RUNTIME = actions(...JOBS, ...MONITORING);

/** The stores of a feature group. */
export const MAKES_FEATURE_GROUPS = actions('CreateFeatureGroup');

/** Direct internet access and root access. */
export const SENDS_NOTEBOOK_ACCESS = actions('CreateNotebookInstance');
