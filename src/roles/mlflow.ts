import { from, USE_MLFLOW } from './bucket-use';
import { RoleCard } from './card';
import { MLFLOW_TRACKING } from './service-trust';
import { EnvironmentRole } from '../names';

/**
 * What the MLflow tracking server works as, from SageMaker's own network: its artifact store, and nothing else. It registers no
 * models: versions are registered by pipelines, as pending.
 */
export const MLFLOW: RoleCard = {
  role: EnvironmentRole.MLFLOW,
  id: 'Mlflow',
  description: 'What the MLflow tracking server works as',
  onlyWith: 'mlflow',
  assumedBy: [MLFLOW_TRACKING],
  may: () => [],
  buckets: [from('service', USE_MLFLOW)],
  never: ['sagemaker:*', 'iam:*', 'sts:*', 'ec2:*', 's3:DeleteObject', 's3:PutBucket*'],
};
