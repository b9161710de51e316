import { CaseTemplate, GIVEN, IS_GIVEN, one, RuleCases } from './case';

const KINDS = ['DataQuality', 'ModelBias', 'ModelExplainability', 'ModelQuality'];
const SCHEDULED = 'MonitoringScheduleConfig.MonitoringJobDefinition.';
const schedule = (config: Record<string, unknown>) => one('AWS::SageMaker::MonitoringSchedule', { MonitoringScheduleConfig: config });
const definition = (properties: object) => ({ Definition: { Type: 'AWS::SageMaker::ModelQualityJobDefinition', Properties: properties } });
const ELSEWHERE = schedule({ MonitoringJobDefinitionName: 'definition' });
/** Schedules of definitions, of which rules say what they say of the definitions themselves. */
export const NAMED = [
  one('AWS::SageMaker::MonitoringSchedule', { MonitoringScheduleConfig: { MonitoringJobDefinitionName: { 'Fn::GetAtt': ['Definition', 'JobDefinitionName'] } } }, definition({})),
  one('AWS::SageMaker::MonitoringSchedule', { MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'mine' } }, definition({ JobDefinitionName: 'mine' })),
];

/** A job of each kind and of a schedule, with the path of what is in it. */
function jobs(ofKind: (kind: string) => Record<string, unknown>, ofSchedule: Record<string, unknown>): CaseTemplate[] {
  return [...KINDS.map((kind) => one(`AWS::SageMaker::${kind}JobDefinition`, ofKind(kind))), schedule({ MonitoringJobDefinition: ofSchedule })];
}

type Made = [ofKind: (kind: string) => Record<string, unknown>, ofSchedule: Record<string, unknown>];

function cases(
  rule: string, path: (kind: string) => string, scheduled: string, make: (value: unknown) => Made, good: unknown, bad: unknown, says: string,
): RuleCases {
  const paths = [...KINDS.map(path), `${SCHEDULED}${scheduled}`];
  const jobsWith = (value: unknown) => jobs(...make(value));
  return {
    rule,
    complies: jobsWith(good),
    breaks: jobsWith(bad).map((template, index) => [template, `${paths[index]} ${says}`]),
    unknown: [
      ...jobsWith(GIVEN).map((template, index): [CaseTemplate, string] => [template, `${paths[index]} ${IS_GIVEN}.`]),
      [ELSEWHERE, 'MonitoringScheduleConfig.MonitoringJobDefinitionName names a definition that is in no template.'],
    ],
  };
}

const network = (name: string) => (value: unknown): Made => {
  const properties = { NetworkConfig: { [name]: value }, JobResources: { ClusterConfig: { InstanceCount: 2 } } };
  return [() => properties, properties];
};

export const MONITORING: RuleCases[] = [
  cases('MonitoringNetworkIsolation', () => 'NetworkConfig.EnableNetworkIsolation', 'NetworkConfig.EnableNetworkIsolation', network('EnableNetworkIsolation'), true, false, 'is false.'),
  cases(
    'MonitoringTrafficEncryption', () => 'NetworkConfig.EnableInterContainerTrafficEncryption', 'NetworkConfig.EnableInterContainerTrafficEncryption',
    network('EnableInterContainerTrafficEncryption'), true, undefined, 'is not given, and is then false.',
  ),
  cases('MonitoringInVpc', () => 'NetworkConfig.VpcConfig.Subnets', 'NetworkConfig.VpcConfig.Subnets', (value) => {
    const properties = { NetworkConfig: { VpcConfig: { Subnets: value } } };
    return [() => properties, properties];
  }, ['subnet-1'], [], 'is not given.'),
  cases('MonitoringVolumeEncryption', () => 'JobResources.ClusterConfig.VolumeKmsKeyId', 'MonitoringResources.ClusterConfig.VolumeKmsKeyId', (value) => [
    () => ({ JobResources: { ClusterConfig: { VolumeKmsKeyId: value } } }), { MonitoringResources: { ClusterConfig: { VolumeKmsKeyId: value } } },
  ], 'key', undefined, 'is not given.'),
  cases('MonitoringOutputEncryption', (kind) => `${kind}JobOutputConfig.KmsKeyId`, 'MonitoringOutputConfig.KmsKeyId', (value) => [
    (kind) => ({ [`${kind}JobOutputConfig`]: { KmsKeyId: value } }), { MonitoringOutputConfig: { KmsKeyId: value } },
  ], 'key', undefined, 'is not given.'),
];

/** AWS asks it of jobs for bias only where there is more than one instance. */
export const BIAS_ALONE = one('AWS::SageMaker::ModelBiasJobDefinition', { JobResources: { ClusterConfig: { InstanceCount: 1 } } });
export const BIAS_PERHAPS_ALONE = one('AWS::SageMaker::ModelBiasJobDefinition', { JobResources: { ClusterConfig: { InstanceCount: GIVEN } } });
