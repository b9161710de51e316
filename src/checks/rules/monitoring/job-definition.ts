import { refersTo } from '../../core/relations';
import { Resource } from '../../core/resource';
import { Verdict } from '../../core/rule';
import { Template } from '../../core/template';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown } from '../../core/verdicts';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
const DEFINITIONS = [
  'AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::ModelBiasJobDefinition', 'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition',
];

/** Types whose properties are a monitoring job's, or hold them. */
export const MONITORING_TYPES = [...DEFINITIONS, SCHEDULE];

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
export function ofJob(resource: Resource, template: Template, look: (job: Job) => Verdict[]): Verdict[] {
  if (resource.type !== SCHEDULE) {
    const kind = resource.type.replace(/^.*::|JobDefinition$/g, '');
    return look({ network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig', output: `${kind}JobOutputConfig` });
  }
  const { path, value: name } = resource.at('MonitoringScheduleConfig.MonitoringJobDefinitionName');
  const job = 'MonitoringScheduleConfig.MonitoringJobDefinition';
  const found = look({ network: `${job}.NetworkConfig`, cluster: `${job}.MonitoringResources.ClusterConfig`, output: `${job}.MonitoringOutputConfig` });
  if (name === undefined) return found;
  // What rules say of the definition, they say there.
  if (template.near(...DEFINITIONS).some((one) => refersTo(name, resource, one, 'JobDefinitionName'))) return COMPLIANT;
  if (name instanceof Unknown) return found.map((one) => ({ ...one, kind: 'unknown' }));
  return unknown(path, `${path} names a definition that is in no template.`);
}
