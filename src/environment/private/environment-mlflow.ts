import { Construct } from 'constructs';
import { grantBuckets } from './role-grants';
import { ExecutionRoles, Personas } from '../../identity';
import { EnvironmentNames } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { isOfMlflow } from '../../roles/bucket-use';
import { EnvironmentStorage } from '../../storage';
import { MlflowTrackingServer } from '../../studio';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** Those who log runs, and what they come by. */
interface Tracked extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
  readonly personas: Personas;
}

/** Makes the MLflow tracking server of an environment that has one, and lets its people and jobs work with it. */
export function createMlflow(environment: Tracked, { mlflow, removalPolicy }: DataScienceEnvironmentProps): MlflowTrackingServer | undefined {
  if (mlflow === undefined) return undefined;
  const { names, network, storage, executionRoles, personas } = environment, { vpcId } = network.vpc;
  const server = MlflowTrackingServer._create(environment, 'Mlflow', { ...mlflow, names, network, artifacts: storage._forMlflow(), removalPolicy });
  grantBuckets(executionRoles._all, storage, isOfMlflow);
  executionRoles._allowTracking(vpcId);
  personas._allowTracking(vpcId);
  return server;
}
