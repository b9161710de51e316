import { IConstruct } from 'constructs';
import { ExecutionRoles } from '../../identity';
import { EnvironmentParameter, EnvironmentRegistry } from '../../registry';
import { EnvironmentStorage } from '../../storage';

/** What runs released models over data needs of an environment. */
interface Inferring extends IConstruct {
  readonly registry: EnvironmentRegistry;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
}

/** Makes the role that runs released models over data, gives it what that takes, and says in the registry which it is; once. */
export function openBatchInference(environment: Inferring): void {
  const id = 'BatchInference', { registry, storage: { grants }, executionRoles } = environment;
  if (executionRoles.node.tryFindChild(id)) return;
  const { batchInference } = executionRoles;
  grants.readReleases(batchInference);
  grants.readData(batchInference);
  grants.writeJobOutputs(batchInference);
  registry.publish(batchInference, EnvironmentParameter.BATCH_INFERENCE_ROLE_ARN, batchInference.roleArn);
}
