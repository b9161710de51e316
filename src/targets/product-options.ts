import { IPortfolio, TagOptions } from 'aws-cdk-lib/aws-servicecatalog';

/** Settings of a product of AWS Service Catalog. @internal */
export interface ProductOptions {
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
}
