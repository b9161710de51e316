import { IConstruct } from 'constructs';
import { grantBuckets } from './role-grants';
import { ExecutionRoles } from '../../identity';
import { EnvironmentNames } from '../../names';
import { BATCH_INFERENCE } from '../../roles/batch-inference';
import { EnvironmentStorage } from '../../storage';

/** What runs released models over data needs of an environment. */
interface Inferring extends IConstruct {
  readonly names: EnvironmentNames;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
}

/** Makes the role that runs released models over data, gives it what that takes, and publishes its ARN as an SSM parameter; once. */
export function openBatchInference(environment: Inferring): void {
  const { names, storage, executionRoles } = environment, { role, publishedAs } = BATCH_INFERENCE;
  if (executionRoles.batchInferenceRole !== undefined) return;
  const batchInference = executionRoles._enableBatchInference();
  grantBuckets(new Map([[role, batchInference]]), storage);
  names.publish(batchInference, publishedAs!, batchInference.roleArn);
}
