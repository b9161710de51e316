import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetRoleCard } from './card';
import { TargetParameter, TargetRole } from '../../names';
import { ServiceTrust } from '../service-trust';

/** EventBridge, for the rules that report alarms. */
const RULES: ServiceTrust = { service: 'events', source: 'rule/<endpoints>*' };

/** What tells the data-science account of alarms of monitors: may put events on one bus, and nothing else. */
export const MONITORING_ALARMS: TargetRoleCard = {
  role: TargetRole.MONITORING_ALARMS,
  id: 'Alarms',
  description: 'What reports alarms of monitors',
  onlyWith: 'monitoring',
  assumedBy: [RULES],
  may: ({ names }) => [new PolicyStatement({ actions: ['events:PutEvents'], resources: [names.monitoringBusArn] })],
  buckets: [],
  hasOnePolicy: true,
  never: ['sagemaker:*', 'cloudwatch:*', 's3:*', 'kms:*', 'iam:*', 'sts:*'],
  publishedAs: TargetParameter.ALARMS_ROLE_ARN,
};
