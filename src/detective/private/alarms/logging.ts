import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { called, OUTSIDE_OF_DEPLOYMENTS } from './pattern';
import { TrailAlarm } from './trail-alarm';

/** Ending a log is told whoever does it; changing one is what deployments do. */
export const LOGGING: TrailAlarm = {
  id: 'Logging',
  description: 'Logging was switched off, or changed outside of a deployment',
  pattern: () => FilterPattern.any(
    called('cloudtrail', 'StopLogging', 'DeleteTrail'),
    called('ec2', 'DeleteFlowLogs'),
    called('config', 'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel'),
    called('guardduty', 'DeleteDetector'),
    called('route53resolver', 'DisassociateResolverQueryLogConfig'),
    FilterPattern.all(FilterPattern.any(called('cloudtrail', 'UpdateTrail', 'PutEventSelectors'), called('logs', 'DeleteLogGroup', 'DeleteMetricFilter')), OUTSIDE_OF_DEPLOYMENTS),
  ),
};
