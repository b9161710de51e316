import { EnvironmentLaunchRoleOptions } from './environment-launch-role';
import { EnvironmentTemplate } from './environment-template';
import { ProductOptions } from '../targets/product-options';

/** Version of a product from which environments are launched. */
export interface EnvironmentProductVersion {
  /** Name of the version: 1–100 letters, digits, dots, hyphens and underscores. */
  readonly name: string;

  /** The template, of a class that extends `EnvironmentTemplate`. */
  readonly template: EnvironmentTemplate;

  /**
   * Description of the version, such as what is new in it.
   *
   * @default - no description
   */
  readonly description?: string;
}

/** Properties of a product from which environments are launched. */
export interface EnvironmentProductProps extends ProductOptions, EnvironmentLaunchRoleOptions {
  /**
   * Versions from the oldest to the newest, at least one.
   *
   * Environments are updated in place from each to the next, which keeps what people made. A version that is no longer listed cannot
   * be launched, and its environments go on.
   */
  readonly versions: EnvironmentProductVersion[];

  /**
   * Ids of accounts with which the portfolio is shared, with every product in it, each of which needs an `EnvironmentLaunchRole`.
   *
   * @default - environments are launched in the account of the product
   */
  readonly sharedAccounts?: string[];
}
