import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { Personas } from '../../identity';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { DataPerimeter } from '../../perimeter';
import { deployingRolesOf } from '../../perimeter/deploying-roles';
import { requiredOf } from '../../private/required-role';
import { DeploymentStage } from '../../stages';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What the perimeter is around. */
interface Enclosed extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly keys: EnvironmentKeys;
  readonly deploymentStages: DeploymentStage[];
  /** Which are made later. */
  readonly personas: Personas;
}

/** Makes the perimeter of an environment, and writes the policies of keys and endpoints. */
export function createPerimeter(environment: Enclosed, props: DataScienceEnvironmentProps, allowBucketEmptying: boolean): DataPerimeter {
  const { names, network, keys, deploymentStages } = environment;
  const perimeter = new DataPerimeter(environment, 'Perimeter', {
    names,
    expectedNetworks: { s3EndpointIds: network.endpoints.s3EndpointIds },
    cloudFormationExecutionRoles: deployingRolesOf(environment, props.cloudFormationExecutionRoles),
    configurationReaders: props.configurationReaders,
    deploymentStages,
    allowBucketEmptying,
    enableAthenaAccess: props.dataPreparation !== undefined,
    enableSageMakerModelAccess: props.enableSageMakerModelAccess,
    administratorCidrs: props.personas?.sourceCidrs,
  });
  perimeter._ask((role) => requiredOf([environment, network], role) !== undefined, (role) => environment.personas._all.get(role)?._sessionArns ?? []);
  if (props.sharedSpaces) perimeter._include(EnvironmentRole.SHARED_SPACE);
  for (const purpose of keys.purposes) {
    if (!keys.isImported(purpose)) perimeter.applyToKey(keys.key(purpose), purpose);
  }
  perimeter.applyToEndpoints(network.endpoints);
  return perimeter;
}
