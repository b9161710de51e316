import { Resource } from '../../core/template';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

/** Types whose properties are a monitoring job's, or hold them. */
export const MONITORING_TYPES = [
  'AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::ModelBiasJobDefinition', 'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition', SCHEDULE,
];

/** Where the properties of jobs are: a schedule has them in itself, or names a definition that has its own. */
export function jobsIn(resource: Resource): string[] {
  if (resource.type !== SCHEDULE) return [''];
  const definition = 'MonitoringScheduleConfig.MonitoringJobDefinition';
  return resource.at('MonitoringScheduleConfig.MonitoringJobDefinitionName').value === undefined ? [`${definition}.`] : [];
}

/** Where a definition keeps its resources and results: a job of a schedule calls them otherwise. */
export function placesIn(resource: Resource): { readonly cluster: string; readonly output: string }[] {
  const isSchedule = resource.type === SCHEDULE;
  const kind = resource.type.replace(/^.*::|JobDefinition$/g, '');
  return jobsIn(resource).map((job) => ({
    cluster: isSchedule ? `${job}MonitoringResources.ClusterConfig` : 'JobResources.ClusterConfig',
    output: isSchedule ? `${job}MonitoringOutputConfig` : `${kind}JobOutputConfig`,
  }));
}
