import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { called, isNot } from './pattern';
import { TrailAlarm } from './trail-alarm';

const SUBNET = '.vpcConfig.subnets[0]';

/** The others that run outside of a VPC: places where people work, and jobs that say so in two places. */
export const WORKPLACES: TrailAlarm = {
  id: 'WorkOutsideVpc',
  description: 'A notebook instance, a Studio domain, a tuning job or a monitoring schedule was made outside of any VPC',
  pattern: () => FilterPattern.all(
    FilterPattern.notExists('$.errorCode'),
    FilterPattern.any(
      FilterPattern.all(called('sagemaker', 'CreateNotebookInstance'), FilterPattern.notExists('$.requestParameters.subnetId')),
      FilterPattern.all(called('sagemaker', 'CreateDomain'), isNot('$.requestParameters.appNetworkAccessType', 'VpcOnly')),
      FilterPattern.all(
        called('sagemaker', 'CreateHyperParameterTuningJob'),
        ...['trainingJobDefinition', 'trainingJobDefinitions[0]'].map((place) => FilterPattern.notExists(`$.requestParameters.${place}${SUBNET}`)),
      ),
      FilterPattern.all(
        called('sagemaker', 'CreateMonitoringSchedule'),
        FilterPattern.notExists('$.requestParameters.monitoringScheduleConfig.monitoringJobDefinitionName'),
        FilterPattern.notExists(`$.requestParameters.monitoringScheduleConfig.monitoringJobDefinition.networkConfig${SUBNET}`),
      ),
    ),
  ),
};
