import { IPortfolio, TagOptions } from 'aws-cdk-lib/aws-servicecatalog';
import { EnvironmentLaunchRoleOptions } from './environment-launch-role';
import { EnvironmentTemplate } from './environment-template';

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
export interface EnvironmentProductProps extends EnvironmentLaunchRoleOptions {
  /** Name of the product and its portfolio in the console: 1–100 characters. */
  readonly productName: string;

  /** Owner of the product in the console, such as the name of a platform team: 1–50 characters. */
  readonly owner: string;

  /**
   * Description of the product.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Versions from the oldest to the newest, at least one.
   *
   * Environments are updated in place from each to the next, which keeps what people made. A version that is no longer listed cannot
   * be launched, and its environments go on.
   */
  readonly versions: EnvironmentProductVersion[];

  /**
   * Service Catalog portfolio that exists already, in the account and region of the product.
   *
   * @default - a new portfolio
   */
  readonly portfolio?: IPortfolio;

  /**
   * Tag options, whose tags everything launched from the product has.
   *
   * @default - none
   */
  readonly tagOptions?: TagOptions;

  /**
   * Ids of accounts with which the portfolio is shared, with every product in it, each of which needs an `EnvironmentLaunchRole`.
   *
   * @default - environments are launched in the account of the product
   */
  readonly sharedAccounts?: string[];
}
