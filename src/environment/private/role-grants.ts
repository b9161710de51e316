import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { EnvironmentKeys } from '../../encryption';
import { ENCRYPT_REPOSITORIES } from '../../encryption/key-actions';
import { ExecutionRoles, ProjectRoles } from '../../identity';
import { PackageIndex } from '../../network';
import { ACCOUNTS, BUILT } from '../../perimeter/artifact-keys';
import { EnvironmentStorage } from '../../storage';

/** What an environment has to give. */
interface Granting {
  readonly storage: EnvironmentStorage;
  readonly packageIndex?: PackageIndex;
}

/** The same, when those who work in it are known. */
interface GrantingToProjects extends Granting {
  readonly executionRoles: ExecutionRoles;
  readonly keys: EnvironmentKeys;
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
export function grantToProjectRoles(roles: ProjectRoles, { storage, packageIndex, executionRoles, keys }: GrantingToProjects): void {
  const buckets = storage._forProjects(), { grants } = storage;
  for (const role of [roles.codePipeline, roles.release]) buckets.readWriteArtifacts(role);
  // What runs code of a repository must not write what another pipeline deploys: a release or a list of accounts.
  buckets.writeArtifact(roles.codeBuild, BUILT);
  buckets.writeArtifact(roles.accounts, ACCOUNTS);
  buckets.writeCode(roles.codeBuild);
  for (const role of [roles.codeBuild, roles.accounts, roles.release, roles.launch]) buckets.readTemplates(role);
  buckets.readCode(executionRoles.job);
  packageIndex?.grantRead(roles.codeBuild);
  const { studio, dataPreparation } = executionRoles;
  for (const role of [studio, dataPreparation, roles.codePipeline, roles.launch]) encryptRepositories(keys.artifacts, role);
  grants.readModels(roles.release);
  grants.readReports(roles.release);
  grants.writeReleases(roles.release);
  if (roles.promotion === undefined) return;
  buckets.readArtifacts(roles.promotion);
  buckets.readTemplates(roles.promotion);
  grants.readReleases(roles.promotion);
}

/** Works with repositories that are encrypted with a key: CodeCommit asks it for the caller. */
function encryptRepositories(key: IKey, grantee: IGrantable): void {
  const { region, urlSuffix } = Stack.of(key);
  Grant.addToPrincipal({
    grantee,
    actions: ENCRYPT_REPOSITORIES,
    resourceArns: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `codecommit.${region}.${urlSuffix}` } },
  });
}
