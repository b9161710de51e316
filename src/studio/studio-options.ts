import { Size } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { HomeFileSystem } from './home-file-system';
import { IdleShutdown } from './idle-shutdown';
import { StudioApplication } from './studio-application';
import { StudioCleanUpOptions } from './studio-clean-up-options';
import { IStudioDomain } from './studio-domain-reference';
import { StudioImage } from './studio-image';
import { StudioLifecycleConfiguration } from './studio-lifecycle-configuration';
import { StudioPackageIndex } from './studio-package-index';
import { StudioSdkConfiguration } from './studio-sdk-configuration';
import { StudioAuthMode } from '../identity';

/** Sizes of the storage volumes of spaces. */
export interface SpaceVolumes {
  /**
   * Default size of the volume of a new space in whole GiB, 5–16,384.
   *
   * @default Size.gibibytes(5)
   */
  readonly defaultSize?: Size;

  /**
   * Maximum size of a volume that a user may request in whole GiB, 5–16,384.
   *
   * @default Size.gibibytes(100)
   */
  readonly maximumSize?: Size;
}

/** Settings of a Studio domain, alone or in an environment. */
export interface StudioOptions {
  /**
   * Name of the domain: 1–63 letters, digits and hyphens, which cannot be changed once the domain exists.
   *
   * @default - a name from the construct's path
   */
  readonly domainName?: string;

  /**
   * Domain that exists already, from `SecureStudioDomain.fromDomainAttributes`, for this environment alone.
   *
   * Nothing of it is changed: `requiredDomainSettings` says what its owner sets. Each user's profile has the settings that a new
   * domain would have. It is never cleaned up, so a user is removed once applications and spaces are deleted.
   *
   * @default - a new domain
   */
  readonly existingDomain?: IStudioDomain;

  /**
   * Authentication mode of the domain, which cannot be changed once the domain exists.
   *
   * @default - StudioAuthMode.IAM, or that of the existing domain
   */
  readonly authMode?: StudioAuthMode;

  /**
   * File system with the home directories of users.
   *
   * It can be added later, and never be taken away again.
   *
   * @default HomeFileSystem.none()
   */
  readonly homeFileSystem?: HomeFileSystem;

  /**
   * Options of the Lambda function that cleans up the domain before its deletion.
   *
   * @default - outside of the VPC, with CloudWatch Logs' own encryption
   */
  readonly cleanUp?: StudioCleanUpOptions;

  /**
   * Applications that users may start.
   *
   * All others, Studio Classic above all, are hidden.
   *
   * @default - JupyterLab and Code Editor
   */
  readonly applications?: StudioApplication[];

  /**
   * Instance types that Studio offers, and families such as `ml.m5.*`.
   *
   * All others are hidden. Without `ml.t3.medium` among them, spaces start on the first one, of a family on its smallest. Hidden
   * instance types are not denied: that is the condition `sagemaker:InstanceTypes` on the execution role.
   *
   * @default - all instance types, or in an environment those that its guardrails allow
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
   */
  readonly instanceTypes?: string[];

  /**
   * Idle shutdown of applications.
   *
   * @default - after two hours, and users may choose between one hour and a day
   */
  readonly idleShutdown?: IdleShutdown;

  /**
   * Sizes of the storage volumes of spaces.
   *
   * @default - 5 GiB, at most 100 GiB
   */
  readonly spaceVolumes?: SpaceVolumes;

  /**
   * Lifecycle configurations whose scripts users may run when their application starts.
   *
   * @default - none
   */
  readonly lifecycleConfigurations?: StudioLifecycleConfiguration[];

  /**
   * Package index from which `pip install` works without internet access.
   *
   * @default - pip is not configured, and uses PyPI
   */
  readonly pipIndex?: StudioPackageIndex;

  /**
   * Configuration of the SageMaker Python SDK.
   *
   * A configuration file that a user wrote by hand stays as it is.
   *
   * @default - in an environment from its Systems Manager parameters, otherwise none
   */
  readonly sdkConfiguration?: StudioSdkConfiguration;

  /**
   * Custom images of applications.
   *
   * @default - images of SageMaker only
   */
  readonly images?: StudioImage[];

  /**
   * URLs of Git repositories that JupyterLab offers to clone, at most 30.
   *
   * Anonymous, or with credentials that people give themselves. In an environment, repositories of CodeCommit in its account and
   * region may be cloned, and a warning says which hosts its network does not lead to. An unresolved URL is offered only.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-jl-admin-guide-git-attach.html
   */
  readonly codeRepositories?: string[];

  /**
   * Tools that the home page of Studio does not show, such as `JumpStart`.
   *
   * @default - no tools are hidden
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
   */
  readonly hiddenTools?: string[];

  /**
   * Execution role of spaces that several users share, in which nobody can tell who did what.
   *
   * The roles of users must be allowed to create and open such spaces. In an environment, `sharedSpaces` does both.
   *
   * @default - no shared spaces
   */
  readonly sharedSpaceRole?: IRole;
}
