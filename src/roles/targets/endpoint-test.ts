import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetRoleCard } from './card';
import { EnvironmentRole, TargetRole } from '../../names';

/**
 * What tests endpoints of a target: describes and invokes them, and nothing else. Only builds of the environment become it: those that
 * test, and those that find out which targets are there.
 */
export const ENDPOINT_TEST: TargetRoleCard = {
  role: TargetRole.ENDPOINT_TEST,
  id: 'EndpointTest',
  description: 'What tests model endpoints',
  assumedBy: [EnvironmentRole.CODE_BUILD, EnvironmentRole.DEPLOYMENT_ACCOUNTS],
  may: ({ arns, names, stage }) => [new PolicyStatement({
    actions: ['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'],
    resources: arns.here('sagemaker', `endpoint/${names.endpointPrefix(stage.stageName)}*`),
  })],
  buckets: [],
  hasOnePolicy: true,
  never: ['sagemaker:Create*', 'sagemaker:Update*', 'sagemaker:Delete*', 's3:*', 'kms:*', 'iam:*', 'sts:*'],
};
