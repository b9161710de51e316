import { READ_CODE, READ_DATA, READ_OFFLINE_STORE, USE_MLFLOW, WRITE_JOB_OUTPUTS, WRITE_MODELS, WRITE_REPORTS } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { RECORDS } from './key-use';
import { SAGEMAKER } from './service-trust';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { containerStatements } from './statements/container-statements';
import { addRecords } from './statements/features';
import { logRuns } from './statements/tracking';

/** What runs inside jobs: reads data, and starts nothing. */
export const JOB_EXECUTION: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.JOB_EXECUTION,
  id: 'Job',
  description: 'What runs inside jobs',
  assumedBy: [SAGEMAKER],
  may: ({ scope, subnets, images }) => containerStatements(scope, subnets, images),
  mayTrack: ({ arns }, vpcId) => [logRuns(arns, vpcId)],
  mayUseFeatures: addRecords,
  buckets: [READ_DATA, WRITE_JOB_OUTPUTS, WRITE_MODELS, WRITE_REPORTS, READ_CODE, USE_MLFLOW, READ_OFFLINE_STORE],
  keys: [RECORDS],
  usesDataSources: true,
  installsPackages: true,
  isGuarded: true,
  never: ['sagemaker:Create*', 'sagemaker:Start*', 'sagemaker:Stop*', 'sagemaker:Update*', 'sagemaker:Delete*', 'sagemaker:Invoke*', 'iam:*', 'sts:AssumeRole', 'cloudformation:*', 'codecommit:*'],
  publishedAs: EnvironmentParameter.JOB_EXECUTION_ROLE_ARN,
};
