import { IRole } from 'aws-cdk-lib/aws-iam';
import { IdleShutdown } from './idle-shutdown';
import { StudioApplication } from './studio-application';
import { StudioImage } from './studio-image';
import { StudioLifecycleConfiguration } from './studio-lifecycle-configuration';
import { StudioPackageIndex } from './studio-package-index';
import { StudioSdkConfiguration } from './studio-sdk-configuration';

/** Sizes of the volumes on which spaces keep their files. */
export interface SpaceVolumes {
  /**
   * Size of a new space's volume in GiB, 5–16,384.
   *
   * @default 5
   */
  readonly defaultGiB?: number;

  /**
   * The largest volume that a person may ask for in GiB, 5–16,384.
   *
   * @default 100
   */
  readonly maximumGiB?: number;
}

/** What people find in Studio. All of it can be changed in place. */
export interface StudioSettings {
  /**
   * What people may work with. Everything else, Studio Classic above all, is hidden.
   *
   * @default - JupyterLab and Code Editor
   */
  readonly applications?: StudioApplication[];

  /**
   * The instance types that Studio offers, and families such as `ml.m5.*`; all others are hidden. Without `ml.t3.medium`
   * among them, spaces start on the first one, of a family on its smallest. Hiding is a help, no lock: that is the condition
   * `sagemaker:InstanceTypes` on the execution role.
   *
   * @default - every type; in an environment those that its guardrails name
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
   */
  readonly instanceTypes?: string[];

  /**
   * When Studio stops an application that nobody uses.
   *
   * @default - after two hours; people may choose between one hour and a day
   */
  readonly idleShutdown?: IdleShutdown;

  /**
   * Sizes of the volumes on which spaces keep their files.
   *
   * @default - 5 GiB, at most 100 GiB
   */
  readonly spaceVolumes?: SpaceVolumes;

  /**
   * Scripts that people may have run when their application starts.
   *
   * @default - none
   */
  readonly lifecycleConfigurations?: StudioLifecycleConfiguration[];

  /**
   * Where `pip install` finds packages. Every application is pointed at it when it starts.
   *
   * @default - pip is left as it is, and asks PyPI
   */
  readonly packageIndex?: StudioPackageIndex;

  /**
   * How the SageMaker Python SDK is configured. A file that a person wrote by hand stays.
   *
   * @default - in an environment by its registry; else not
   */
  readonly sdkConfiguration?: StudioSdkConfiguration;

  /**
   * Images of your own.
   *
   * @default - SageMaker's
   */
  readonly images?: StudioImage[];

  /**
   * Tools that the home page of Studio does not show, such as `JumpStart`.
   *
   * @default - all are shown
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
   */
  readonly hiddenTools?: string[];

  /**
   * What spaces run as that several people share. In such a space nobody can tell who did what.
   *
   * @default - people share no spaces
   */
  readonly sharedSpaceRole?: IRole;
}
