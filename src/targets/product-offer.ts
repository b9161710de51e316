import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnLaunchRoleConstraint, CloudFormationProduct, IPortfolio, Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { ProductOptions } from './product-options';
import { openToPermissionSet } from '../identity/open-portfolio';
import { portfolioIn } from '../private/given-portfolio';
import { checkPermissionSetName } from '../private/identity-center';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';
import { launchesOf } from '../roles/statements/product-launch';

/** What launches a product, and where. */
interface Launching {
  readonly launchRole: IRole;
  /** In every account. */
  readonly launchRoleName: string;
  /** Accounts with which the portfolio is shared. */
  readonly accounts: readonly string[];
}

/** Puts a product into a portfolio, with its launch role, and shares it: the portfolio. */
export function offer(scope: Construct, product: CloudFormationProduct, options: ProductOptions, launching: Launching): IPortfolio {
  const { launchRole, launchRoleName, accounts } = launching;
  const { productName: displayName, owner: providerName, description, tagOptions } = options;
  const portfolio = options.portfolio ? portfolioIn(scope, 'Portfolio', options.portfolio) : new Portfolio(scope, 'Portfolio', { displayName, providerName, description, tagOptions });
  portfolio.addProduct(product);
  // By hand: the CDK's refuses a name with a region that is not known yet.
  new CfnLaunchRoleConstraint(scope, 'LaunchConstraint', {
    portfolioId: portfolio.portfolioId, productId: product.productId, localRoleName: launchRoleName,
  }).node.addDependency(portfolio, launchRole);
  for (const account of accounts) portfolio.shareWithAccount(account, { shareTagOptions: tagOptions !== undefined });
  return portfolio;
}

/** Shows a portfolio to whoever has a permission set: what the permission set must allow. */
export function showToPermissionSet(
  scope: Construct, product: CloudFormationProduct, portfolio: IPortfolio, permissionSetName: string,
): PolicyStatement[] {
  checkRequired(scope, { permissionSetName }, { permissionSetName: ANYTHING });
  checkPermissionSetName(new InputCheck(scope), permissionSetName).throwIfInvalid();
  openToPermissionSet(portfolio, permissionSetName);
  return launchesOf(product);
}
