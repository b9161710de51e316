import { IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantBuckets, grantKeysOfProjects, grantPackages, OF_PROJECTS } from './role-grants';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles, Personas } from '../../identity';
import { ProjectRoles } from '../../identity/project-roles';
import { ProjectFoundation } from '../../mlops/project-foundation';
import { EnvironmentNames } from '../../names';
import { EnvironmentNetwork, PackageIndex } from '../../network';
import { DeploymentStage } from '../../stages';
import { EnvironmentStorage } from '../../storage';
import { MlflowTrackingServer } from '../../studio';

/** What projects need of an environment. */
interface Surroundings extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly keys: EnvironmentKeys;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
  readonly personas: Personas;
  readonly packageIndex?: PackageIndex;
  readonly mlflow?: MlflowTrackingServer;
  readonly deploymentStages: DeploymentStage[];
}

/** What people say about projects. */
interface Choices {
  readonly owner?: string;
  readonly portfolio?: IPortfolio;
}

/** Makes what project templates, and the product for members, share. */
export function makeFoundation(environment: Surroundings, undeliveredEvents: IQueue, { owner, portfolio }: Choices): ProjectFoundation {
  const { names, network, deploymentStages, executionRoles, personas } = environment;
  return new ProjectFoundation(environment, 'Projects', {
    names,
    network,
    deploymentStages,
    buckets: environment.storage._forProjects(),
    roles: makeProjectRoles(environment),
    logsKey: environment.keys.logs,
    undeliveredEvents,
    tracksRuns: environment.mlflow !== undefined && !executionRoles.guardrails._isolatesJobs,
    launchers: [executionRoles.studioRole.role, executionRoles.dataPreparationRole.role],
    people: personas._launchers,
    owner,
    portfolio,
  });
}

function makeProjectRoles(environment: Surroundings): ProjectRoles {
  const { names, network: { subnets }, storage, keys, packageIndex, executionRoles, deploymentStages } = environment;
  const roles = new ProjectRoles(environment, 'ProjectRoles', { names, subnets, pipelineRoleArn: executionRoles.pipelineRole.roleArn, deploymentStages });
  grantBuckets(executionRoles._all, storage, OF_PROJECTS);
  grantBuckets(roles._all, storage);
  grantPackages(roles._all, packageIndex);
  for (const some of [executionRoles._all, roles._all]) grantKeysOfProjects(some, keys);
  keys._keepForRepositories();
  return roles;
}
