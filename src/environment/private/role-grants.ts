import { ExecutionRoles, ProjectRoles } from '../../identity';
import { PackageIndex } from '../../network';
import { EnvironmentStorage, ProjectBuckets } from '../../storage';

/** What an environment has to give. */
interface Granting {
  readonly storage: EnvironmentStorage;
  readonly packageIndex?: PackageIndex;
}

/** The same, when those who work in it are known. */
interface GrantingToProjects extends Granting {
  readonly executionRoles: ExecutionRoles;
}

/** What workloads may do with the buckets and the package index. */
export function grantToExecutionRoles(roles: ExecutionRoles, { storage: { grants }, packageIndex }: Granting): void {
  for (const role of [roles.studio, roles.dataPreparation]) {
    grants.readData(role);
    grants.writeOutputs(role);
    grants.readModels(role);
    grants.readReports(role);
  }
  grants.readReports(roles.pipeline);
  grants.registerModels(roles.pipeline);
  grants.readData(roles.job);
  grants.writeJobOutputs(roles.job);
  grants.writeModels(roles.job);
  grants.writeReports(roles.job);
  grants.readReleases(roles.model);
  for (const role of [roles.studio, roles.dataPreparation, roles.job]) packageIndex?.grantRead(role);
}

/** What the deliveries of projects may do with them, and jobs with the code that builds write. */
export function grantToProjectRoles(roles: ProjectRoles, { storage, packageIndex, executionRoles }: GrantingToProjects): void {
  const buckets = storage.forProjects(), { grants } = storage;
  for (const role of [roles.codePipeline, roles.release]) buckets.handOnArtifacts(role);
  // What runs code of a repository must not write what another pipeline deploys: a release or a list of accounts.
  buckets.handOn(roles.codeBuild, ProjectBuckets.BUILT);
  buckets.handOn(roles.accounts, ProjectBuckets.ACCOUNTS);
  buckets.writeCode(roles.codeBuild);
  for (const role of [roles.codeBuild, roles.accounts, roles.release, roles.launch]) buckets.readTemplates(role);
  buckets.readCode(executionRoles.job);
  packageIndex?.grantRead(roles.codeBuild);
  grants.readModels(roles.release);
  grants.readReports(roles.release);
  grants.writeReleases(roles.release);
  if (roles.promotion === undefined) return;
  buckets.readArtifacts(roles.promotion);
  buckets.readTemplates(roles.promotion);
  grants.readReleases(roles.promotion);
}
