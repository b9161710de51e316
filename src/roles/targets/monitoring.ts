import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { READ_RELEASES, REPORT_ON_CAPTURES } from './bucket-use';
import { TargetRoleCard } from './card';
import { TargetParameter, TargetRole } from '../../names';
import { ServiceTrust } from '../service-trust';

/** SageMaker, for jobs that no person has started. */
const JOBS: ServiceTrust = { service: 'sagemaker', source: '*' };

/**
 * What looks at what endpoints have captured: reads captures, ground truth and the baselines of released models, writes reports
 * and metrics, and nothing else. It runs a program of the library's, never code of a repository.
 */
export const MONITORING: TargetRoleCard = {
  role: TargetRole.MONITORING,
  id: 'Monitoring',
  description: 'What monitors run as',
  onlyWith: 'monitoring',
  assumedBy: [JOBS],
  may: ({ names, stage }) => [new PolicyStatement({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'], // CloudWatch takes no resource, but the namespace
    conditions: { StringEquals: { 'cloudwatch:namespace': names.monitoringNamespace(stage.stageName) } },
  })],
  buckets: [READ_RELEASES, REPORT_ON_CAPTURES],
  runsContainers: true,
  never: ['sagemaker:*', 's3:DeleteObject', 's3:PutBucketPolicy', 'iam:*', 'sts:*'],
  publishedAs: TargetParameter.MONITORING_ROLE_ARN,
};
