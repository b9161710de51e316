import { from, READ_DATA, READ_RELEASES, WRITE_JOB_OUTPUTS } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { SAGEMAKER } from './service-trust';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { containerStatements } from './statements/container-statements';

/** What batch transform runs as: the only role that reads released models and data, and starts nothing. */
export const BATCH_INFERENCE: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.BATCH_INFERENCE,
  id: 'BatchInference',
  description: 'What batch transform runs as',
  onlyWith: 'batch inference',
  assumedBy: [SAGEMAKER],
  may: ({ scope, subnets, images }) => containerStatements(scope, subnets, images),
  buckets: [from('fetched', READ_RELEASES), READ_DATA, WRITE_JOB_OUTPUTS],
  never: ['sagemaker:*', 'iam:*', 'sts:*'],
  publishedAs: EnvironmentParameter.BATCH_INFERENCE_ROLE_ARN,
};
