import { Verdict } from '../../core/rule';
import { Resource } from '../../core/template';
import { Unknown } from '../../core/value';
import { where } from '../../core/verdicts';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

/** Types whose properties are a monitoring job's, or hold them. */
export const MONITORING_TYPES = [
  'AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::ModelBiasJobDefinition', 'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition', SCHEDULE,
];

/** Where things of a job are. */
export interface Job {
  /** In front of the properties of its network. */
  readonly network: string;
  readonly cluster: string;
  readonly output: string;
}

/**
 * What a rule says of the job of a definition or of a schedule. A schedule that names a definition has no job of its own.
 *
 * @param look what it says of one, by where its things are
 */
export function ofJob(resource: Resource, look: (job: Job) => Verdict[]): Verdict[] {
  if (resource.type !== SCHEDULE) {
    const kind = resource.type.replace(/^.*::|JobDefinition$/g, '');
    return look({ network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig', output: `${kind}JobOutputConfig` });
  }
  const { value: name } = resource.at('MonitoringScheduleConfig.MonitoringJobDefinitionName');
  const job = 'MonitoringScheduleConfig.MonitoringJobDefinition';
  return where(name === undefined ? true : name instanceof Unknown ? undefined : false, () => (
    look({ network: `${job}.NetworkConfig`, cluster: `${job}.MonitoringResources.ClusterConfig`, output: `${job}.MonitoringOutputConfig` })
  ));
}
