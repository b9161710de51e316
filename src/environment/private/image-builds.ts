import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantBuckets, grantPackages } from './role-grants';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { ProjectFoundation } from '../../mlops/project-foundation';
import { EnvironmentNames } from '../../names';
import { PackageIndex } from '../../network';
import { DataPerimeter } from '../../perimeter';
import { IMAGE_ROLES } from '../../roles/cards';
import { EnvironmentStorage } from '../../storage';
import { BuiltImages } from '../../storage/built-images';

/** What building images needs of an environment. */
interface Building extends Construct {
  readonly names: EnvironmentNames;
  readonly keys: EnvironmentKeys;
  readonly perimeter: DataPerimeter;
  readonly storage: EnvironmentStorage;
  readonly packageIndex?: PackageIndex;
  readonly executionRoles: ExecutionRoles;
}

/** What only projects need that build images, once: a repository, what pushes to it, and what releases from it. */
export function openImageBuilds(environment: Building, { roles }: ProjectFoundation, removalPolicy?: RemovalPolicy): void {
  const { names, keys, perimeter, storage, packageIndex, executionRoles } = environment;
  if (environment.node.tryFindChild(IMAGES) !== undefined) return;
  new BuiltImages(environment, IMAGES, { names, encryptionKey: keys.artifacts, removalPolicy });
  for (const { role } of IMAGE_ROLES) perimeter._include(role);
  const made = roles._enableImageBuilds(executionRoles._images);
  grantBuckets(made, storage);
  grantPackages(made, packageIndex);
}

const IMAGES = 'BuiltImages';
