import { from, WRITE_OFFLINE_STORE } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { OFFLINE_STORES } from './service-trust';
import { EnvironmentParameter, EnvironmentRole } from '../names';

/** What SageMaker writes offline stores of feature groups as, from its own network. It reads none of them. */
export const FEATURE_STORE: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.FEATURE_STORE,
  id: 'FeatureStore',
  description: 'What SageMaker writes offline stores of feature groups as',
  onlyWith: 'feature store',
  assumedBy: [OFFLINE_STORES],
  may: () => [],
  buckets: [from('service', WRITE_OFFLINE_STORE)],
  never: ['sagemaker:*', 'glue:*', 'iam:*', 'sts:*', 'ec2:*', 's3:GetObject*', 's3:ListBucket', 's3:DeleteObject', 's3:PutBucket*'],
  publishedAs: EnvironmentParameter.FEATURE_STORE_ROLE_ARN,
};
