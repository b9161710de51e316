import { HomeFileSystem } from './home-file-system';
import { StudioAuthMode } from './studio-auth-mode';
import { StudioCleanUpOptions } from './studio-clean-up-options';
import { StudioSettings } from './studio-settings';

/** What somebody may want to decide about a Studio domain, wherever it lives. */
export interface StudioOptions extends StudioSettings {
  /**
   * Name of the domain: 1–63 letters, digits and hyphens. Fixed when the domain is made.
   *
   * @default - a name made of the construct's path
   */
  readonly domainName?: string;

  /**
   * How people sign in. Fixed when the domain is made.
   *
   * @default StudioAuthMode.IAM
   */
  readonly authMode?: StudioAuthMode;

  /**
   * The file system with everybody's home directory. It can be added later, and never be taken away again.
   *
   * @default HomeFileSystem.none()
   */
  readonly homeFileSystem?: HomeFileSystem;

  /**
   * Options of the function that makes the domain deletable.
   *
   * @default - outside of the VPC, with CloudWatch Logs' own encryption
   */
  readonly cleanUp?: StudioCleanUpOptions;
}
