import { HomeFileSystem } from './home-file-system';
import { StudioAuthMode } from '../identity';
import { StudioCleanUpOptions } from './studio-clean-up-options';
import { StudioSettings } from './studio-settings';

/** Settings of a Studio domain, alone or in an environment. */
export interface StudioOptions extends StudioSettings {
  /**
   * Name of the domain: 1–63 letters, digits and hyphens, which cannot be changed once the domain exists.
   *
   * @default - a name from the construct's path
   */
  readonly domainName?: string;

  /**
   * Authentication mode of the domain, which cannot be changed once the domain exists.
   *
   * @default StudioAuthMode.IAM
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
}
