import { Names, Stack } from 'aws-cdk-lib';
import { Grant, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CloudFormationProduct, CloudFormationTemplate, IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { EnvironmentLaunchRole } from './environment-launch-role';
import { EnvironmentProductProps } from './environment-product-props';
import { checkLaunchable, checkProduct, checkVersions } from './private/product-rules';
import { checkRequired, ROLE } from '../private/required-input';
import { grantLaunchOf } from '../roles/statements/product-launch';
import { offer, showToPermissionSet } from '../targets/product-offer';

/**
 * A product of AWS Service Catalog from which administrators launch environments without permissions of their own.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/introduction.html
 */
export class EnvironmentProduct extends Construct {
  /** The portfolio. */
  public readonly portfolio: IPortfolio;
  /** The product. */
  public readonly product: CloudFormationProduct;
  /** Name of the role that launches environments, in every account. */
  public readonly launchRoleName: string;
  /** The role that launches environments in the account of the product. */
  public readonly launchRole: IRole;

  constructor(scope: Construct, id: string, props: EnvironmentProductProps) {
    super(scope, id);
    checkProduct(this, props);
    const { productName, owner, description, versions, tagOptions } = props;
    this.launchRoleName = `${Names.uniqueResourceName(this, { maxLength: 40, separator: '-' })}-${Stack.of(this).region}`;
    for (const { template } of versions) template._isVersionOf({ launchRoleName: this.launchRoleName, path: this.node.path });
    this.launchRole = new EnvironmentLaunchRole(this, 'LaunchRole', { ...props, roleName: this.launchRoleName }).role;
    this.product = new CloudFormationProduct(this, 'Product', {
      productName,
      owner,
      description,
      tagOptions,
      productVersions: versions.map(({ name, template, description: news }) => ({
        productVersionName: name, description: news, cloudFormationTemplate: CloudFormationTemplate.fromProductStack(template),
      })),
    });
    const { launchRole, launchRoleName } = this;
    this.portfolio = offer(this, this.product, props, { launchRole, launchRoleName, accounts: props.sharedAccounts ?? [] });
    this.node.addValidation({ validate: () => [...checkLaunchable(props), ...checkVersions(versions)] });
  }

  /** Grants permission to launch environments from the product, and to update and terminate those that sessions of the role have launched. */
  public grantLaunch(role: IRole): Grant {
    checkRequired(this, { role }, { role: ROLE });
    return grantLaunchOf(this.product, this.portfolio, role);
  }

  /**
   * Shows the portfolio to people who sign in by IAM Identity Center with a permission set.
   *
   * @param permissionSetName name of the permission set, 1–32 letters, digits and `+=,.@_-`
   * @returns what the permission set must allow, since permission sets are written where Identity Center is managed
   * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_AssociatePrincipalWithPortfolio.html
   */
  public giveAccessToPermissionSet(permissionSetName: string): PolicyStatement[] {
    return showToPermissionSet(this, this.product, this.portfolio, permissionSetName);
  }
}
