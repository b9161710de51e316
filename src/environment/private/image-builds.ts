import { RemovalPolicy } from 'aws-cdk-lib';
import { ISigningProfile } from 'aws-cdk-lib/aws-signer';
import { Construct } from 'constructs';
import { grantBuckets, grantPackages } from './role-grants';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { ProjectFoundation } from '../../mlops/project-foundation';
import { EnvironmentNames, EnvironmentParameter } from '../../names';
import { PackageIndex } from '../../network';
import { DataPerimeter } from '../../perimeter';
import { arnIn } from '../../private/arn';
import { describe } from '../../private/invalid-input';
import { IMAGE_ROLES } from '../../roles/cards';
import { EnvironmentStorage, StorageOptions } from '../../storage';
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

/** What people say about images. */
interface ImageChoices {
  readonly removalPolicy?: RemovalPolicy;
  readonly storage?: StorageOptions;
  readonly imageSigningProfile?: ISigningProfile;
}

/** What only projects need that build images, once: a repository, what pushes to it, and what releases from it. */
export function openImageBuilds(environment: Building, { roles }: ProjectFoundation, given: ImageChoices): void {
  const { names, keys, perimeter, storage, packageIndex, executionRoles } = environment;
  if (environment.node.tryFindChild(IMAGES) !== undefined) return;
  const images = new BuiltImages(environment, IMAGES, {
    names, encryptionKey: keys.artifacts, existing: given.storage?.existingRepositories, removalPolicy: given.removalPolicy,
  });
  const profile = given.imageSigningProfile;
  // Of an imported profile the CDK writes an ARN with one slash too many.
  const signingProfileArn = profile && arnIn(environment, 'signer', `/signing-profiles/${profile.signingProfileName}`);
  if (signingProfileArn !== undefined) names.publish(images, EnvironmentParameter.IMAGE_SIGNING_PROFILE_ARN, signingProfileArn);
  for (const { role } of IMAGE_ROLES) perimeter._include(role);
  const made = roles._enableImageBuilds(executionRoles._images, signingProfileArn);
  grantBuckets(made, storage);
  grantPackages(made, packageIndex);
}

/** A profile that signs nothing, in the words of people. */
export function signingFaultsOf(environment: Construct, profile?: ISigningProfile): string[] {
  if (!profile || environment.node.tryFindChild(IMAGES) !== undefined) return [];
  return [describe({
    property: 'imageSigningProfile',
    value: profile,
    rule: 'be given with a project template that builds images',
    remedy: 'Add one of ProjectBlueprint.imageBuild, or leave the profile out: nothing else is signed with it',
  })];
}

const IMAGES = 'BuiltImages';
