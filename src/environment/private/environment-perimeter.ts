import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { EnvironmentNetwork } from '../../network';
import { DataPerimeter, ExpectedNetworks } from '../../perimeter';
import { deployingRolesOf } from '../../perimeter/deploying-roles';
import { EnvironmentRegistry, EnvironmentRole, KeyPurpose } from '../../registry';
import { DeploymentStage } from '../../stages';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What the perimeter is around. */
interface Enclosed extends Construct {
  readonly registry: EnvironmentRegistry;
  readonly network: EnvironmentNetwork;
  readonly keys: EnvironmentKeys;
  readonly deploymentStages: DeploymentStage[];
}

/** Makes the perimeter of an environment, trusts the roles that were brought from outside, and writes the policies of keys and endpoints. */
export function createPerimeter(environment: Enclosed, props: DataScienceEnvironmentProps): DataPerimeter {
  const { registry, network, keys, deploymentStages } = environment;
  const perimeter = new DataPerimeter(environment, 'Perimeter', {
    registry,
    expectedNetworks: ExpectedNetworks.endpoints({ s3EndpointIds: network.endpoints.s3EndpointIds }),
    deployingRoles: deployingRolesOf(environment, props.deployingRoles),
    configurationReaders: props.configurationReaders,
    deploymentStages,
    allowBucketEmptying: props.removalPolicy === RemovalPolicy.DESTROY,
    enableAthenaAccess: props.dataPreparation !== undefined,
    enableSageMakerModelAccess: props.enableSageMakerModelAccess,
  });
  const { studio, dataPreparation, pipeline, job, model } = props.executionRoles?.given ?? {};
  if (studio) perimeter.trustRole(EnvironmentRole.STUDIO_EXECUTION, studio.roleArn);
  if (dataPreparation) perimeter.trustRole(EnvironmentRole.DATA_PREPARATION, dataPreparation.roleArn);
  if (pipeline) perimeter.trustRole(EnvironmentRole.PIPELINE_EXECUTION, pipeline.roleArn);
  if (job) perimeter.trustRole(EnvironmentRole.JOB_EXECUTION, job.roleArn);
  if (model) perimeter.trustRole(EnvironmentRole.MODEL_EXECUTION, model.roleArn);
  const administrator = props.personas?.given?.teamAdministrator;
  if (administrator) perimeter.trustRole(EnvironmentRole.TEAM_ADMINISTRATOR, administrator.roleArn);
  for (const purpose of Object.values(KeyPurpose)) {
    if (!keys.isGiven(purpose)) perimeter.applyToKey(keys.key(purpose), purpose);
  }
  perimeter.applyToEndpoints(network.endpoints);
  return perimeter;
}
