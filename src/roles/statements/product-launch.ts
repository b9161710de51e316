import { Grant, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CloudFormationProduct, IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { LAUNCH_PRODUCTS } from './perms';
import { findProducts } from './studio-work';

/** Lets a role launch from a product, and update and terminate what sessions of the role have launched. */
export function grantLaunchOf(product: CloudFormationProduct, portfolio: IPortfolio, role: IRole): Grant {
  portfolio.giveAccessToRole(role);
  for (const statement of findProducts('roleLevel')) role.addToPrincipalPolicy(statement);
  return Grant.addToPrincipal({ grantee: role, actions: LAUNCH_PRODUCTS, resourceArns: [product.productArn] });
}

/** What people who launch from a product in sessions of a permission set need: the same as a role. */
export function launchesOf({ productArn }: CloudFormationProduct): PolicyStatement[] {
  return [...findProducts('roleLevel'), new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] })];
}
