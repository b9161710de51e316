import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RoleCard } from './card';
import { FLOW_LOG_DELIVERY } from './service-trust';
import { EnvironmentRole } from '../names';

/** What delivers the flow logs of the VPC to their log group. */
export const FLOW_LOGS: RoleCard<{ readonly logGroupArn: string }> = {
  role: EnvironmentRole.FLOW_LOGS,
  id: 'FlowLogs',
  description: 'Delivers VPC flow logs',
  assumedBy: [FLOW_LOG_DELIVERY],
  may: ({ logGroupArn }) => [
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], resources: [logGroupArn] }),
    new PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }), // CloudWatch Logs lists groups of an account only as a whole
  ],
  buckets: [],
  never: ['logs:Get*', 'logs:Delete*', 'logs:PutResourcePolicy', 's3:*', 'kms:*', 'iam:*', 'sts:*'],
};
