import { Size } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IdleShutdown } from './idle-shutdown';
import { StudioApplication } from './studio-application';
import { StudioImage } from './studio-image';
import { StudioLifecycleConfiguration } from './studio-lifecycle-configuration';
import { StudioPackageIndex } from './studio-package-index';
import { StudioSdkConfiguration } from './studio-sdk-configuration';

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

/** Settings of Studio that can be changed in place. */
export interface StudioSettings {
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
  readonly packageIndex?: StudioPackageIndex;

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
