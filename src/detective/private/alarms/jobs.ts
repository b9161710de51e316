import { FilterPattern, JsonPattern } from 'aws-cdk-lib/aws-logs';
import { called } from './pattern';
import { TrailAlarm } from './trail-alarm';

/** Where a request says in which subnets something runs; a filter compares values, and no lists or objects. */
const SUBNETS: [place: string, operations: string[]][] = [
  ['vpcConfig', ['CreateTrainingJob', 'CreateModel', 'CreateCluster']],
  ['networkConfig.vpcConfig', ['CreateProcessingJob', 'CreateDataQualityJobDefinition', 'CreateModelQualityJobDefinition', 'CreateModelBiasJobDefinition', 'CreateModelExplainabilityJobDefinition']],
  ['securityConfig.vpcConfig', ['CreateAutoMLJobV2']],
  ['autoMLJobConfig.securityConfig.vpcConfig', ['CreateAutoMLJob']],
];

/** What ran, and not what guardrails refused: they do that every day. */
export const JOBS: TrailAlarm = {
  id: 'JobOutsideVpc',
  description: 'A job, a model or a cluster was made outside of any VPC',
  pattern: () => FilterPattern.all(
    FilterPattern.notExists('$.errorCode'),
    FilterPattern.any(...SUBNETS.map(([place, operations]): JsonPattern => (
      FilterPattern.all(called('sagemaker', ...operations), FilterPattern.notExists(`$.requestParameters.${place}.subnets[0]`))
    ))),
  ),
};
