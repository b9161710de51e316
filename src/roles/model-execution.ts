import { from, READ_RELEASES } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { SAGEMAKER } from './service-trust';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { containerStatements } from './statements/container-statements';

/** What hosted models run as. */
export const MODEL_EXECUTION: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.MODEL_EXECUTION,
  id: 'Model',
  description: 'What hosted models run as',
  assumedBy: [SAGEMAKER],
  may: ({ scope, subnets, images }) => containerStatements(scope, subnets, images),
  buckets: [from('fetched', READ_RELEASES)],
  never: ['sagemaker:*', 's3:PutObject', 's3:DeleteObject', 'iam:*', 'sts:*'],
  publishedAs: EnvironmentParameter.MODEL_EXECUTION_ROLE_ARN,
};
