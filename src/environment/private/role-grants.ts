import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { EnvironmentKeys } from '../../encryption';
import { EnvironmentRole } from '../../names';
import { PackageIndex } from '../../network';
import { BucketUse, isOfMlflow, isOfOfflineStore, isOfProjects } from '../../roles/bucket-use';
import { CARDS } from '../../roles/cards';
import { EnvironmentStorage } from '../../storage';

/** Roles of an environment, by which they are. */
export type RolesByCard = ReadonlyMap<EnvironmentRole, IGrantable>;

/** What workloads do with the buckets. */
export const OF_WORK = (use: BucketUse) => !isOfProjects(use) && !isOfMlflow(use) && !isOfOfflineStore(use);
/** What projects do with theirs. */
export const OF_PROJECTS = (use: BucketUse) => isOfProjects(use) && !use.whereOffered;
/** What Studio does with templates that it shows from a bucket. */
export const OFFERED = (use: BucketUse) => isOfProjects(use) && use.whereOffered === true;

/** Gives roles what their cards say of buckets: all of it, or a part. */
export function grantBuckets(roles: RolesByCard, storage: EnvironmentStorage, which: (use: BucketUse) => boolean = () => true): void {
  for (const { role, buckets } of CARDS) {
    const grantee = roles.get(role);
    for (const use of grantee ? buckets.filter(which) : []) grant(use, grantee!, storage);
  }
}

/** Gives roles the keys of what projects hold. */
export function grantKeysOfProjects(roles: RolesByCard, keys: EnvironmentKeys): void {
  for (const { role, keys: uses = [] } of CARDS) {
    const grantee = roles.get(role);
    for (const { purpose, services, actions, withProjects } of grantee ? uses : []) {
      if (withProjects) grantKey(keys.key(purpose), grantee!, services, actions);
    }
  }
}

/** Gives roles what their cards say of packages. */
export function grantPackages(roles: RolesByCard, packageIndex: PackageIndex | undefined): void {
  for (const { role, installsPackages } of CARDS) {
    const grantee = roles.get(role);
    if (installsPackages && grantee) packageIndex?.grantRead(grantee);
  }
}

function grant(use: BucketUse, grantee: IGrantable, storage: EnvironmentStorage): void {
  if (isOfMlflow(use)) storage._forMlflow().readWrite(grantee);
  else if (isOfOfflineStore(use)) storage._forFeatures()[use.writes ? 'write' : 'read'](grantee);
  else if (!isOfProjects(use)) storage.grants[use.grant](grantee);
  else if (use.artifact !== undefined) storage._forProjects().writeArtifact(grantee, use.artifact);
  else if (use.grant !== undefined) storage._forProjects()[use.grant](grantee);
}

/** Use of a key through services, which ask it for the caller. */
function grantKey(key: IKey, grantee: IGrantable, services: readonly string[], actions: readonly string[]): void {
  const { region, urlSuffix } = Stack.of(key);
  const through = services.map((service) => `${service}.${region}.${urlSuffix}`);
  Grant.addToPrincipal({
    grantee, actions: [...actions], resourceArns: [key.keyArn], conditions: { StringEquals: { 'kms:ViaService': through.length === 1 ? through[0] : through } },
  });
}
