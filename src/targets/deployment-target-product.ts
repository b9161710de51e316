import { Aws, CfnOutput, Fn, Names, Stack, Token } from 'aws-cdk-lib';
import { CfnManagedPolicy, Grant, IManagedPolicy, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CloudFormationProduct, CloudFormationTemplate, IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { CrossAccountDeploymentTarget } from './cross-account-deployment-target';
import { DeploymentTargetOptions } from './deployment-target-options';
import { offer, showToPermissionSet } from './product-offer';
import { ProductOptions } from './product-options';
import { EnvironmentNames, RolePath } from '../names';
import { arnIn, WHERE_DEPLOYED } from '../private/arn';
import { checkRequired, ROLE } from '../private/required-input';
import { DeploymentStage } from '../stages';
import { SelfContainedTemplate, TemplateContent } from '../templates';
import { AskedEnvironment, TargetForm } from './private/target-form';
import { TargetLaunchRole } from './private/target-launch-role';
import { checkTargetProduct, sharedWith } from './private/target-product-rules';
import { TemplateAsset } from './private/template-asset';
import { grantLaunchOf } from '../roles/statements/product-launch';

/** Properties of a product from which deployment targets are launched. */
export interface DeploymentTargetProductProps extends ProductOptions, DeploymentTargetOptions {
  /**
   * Stages of which the form offers one, at least one.
   *
   * They differ in name and accounts only: monitoring, promotion, capacity of endpoints and organization are in the template.
   */
  readonly stages: DeploymentStage[];

  /** Ids of the accounts whose environments deploy models to targets, of which the form offers one. */
  readonly environmentAccounts: string[];

  /**
   * Path of the environments' roles, with a slash at both ends.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Roles of the environments that have another path.
   *
   * @default - none
   */
  readonly rolePaths?: RolePath[];

  /**
   * Permissions boundary of the launch role, in every account.
   *
   * @default - no permissions boundary
   */
  readonly launchRoleBoundary?: IManagedPolicy;
}

/**
 * A product of AWS Service Catalog from which accounts make themselves deployment targets of an environment that the form names.
 *
 * It makes what `CrossAccountDeploymentTarget` makes, in the account that launches it, for environments whose names no app knows,
 * such as those of an `EnvironmentProduct`. It is shared with the accounts of stages that are lists; an output has the command that
 * shares it with organizational units.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html
 */
export class DeploymentTargetProduct extends Construct {
  /** The portfolio. */
  public readonly portfolio: IPortfolio;
  /** The product. */
  public readonly product: CloudFormationProduct;
  /** Template that is launched in each account. */
  public readonly template: SelfContainedTemplate;
  /** Name of the role that launches targets, in every account. */
  public readonly launchRoleName: string;
  /** The role that launches targets in the account of the product. */
  public readonly launchRole: IRole;
  /** Template of the launch role, which you deploy once in each account with which the product is shared. */
  public readonly launchRoleTemplate: SelfContainedTemplate;

  constructor(scope: Construct, id: string, props: DeploymentTargetProductProps) {
    super(scope, id);
    checkTargetProduct(this, props);
    const { productName, owner, description, tagOptions, stages, rolePath, rolePaths } = props;
    const name = Names.uniqueResourceName(this, { maxLength: 40, separator: '-' }), { region } = Stack.of(this);
    this.launchRoleName = `${name}-${region}`;
    this.template = this.makeTemplate(props, region);
    const names = new EnvironmentNames({ environmentName: 'any', account: Stack.of(this).account, region, rolePath, rolePaths });
    const launching = {
      names,
      stages,
      roleName: this.launchRoleName,
      permissionsBoundary: props.launchRoleBoundary,
      targetBoundary: props.permissionsBoundary,
      existingRoles: props.existingRoles,
    };
    this.launchRole = new TargetLaunchRole(this, 'LaunchRole', launching).role;
    this.launchRoleTemplate = new SelfContainedTemplate(this, 'LaunchRoleTemplate', {
      description: `Lets ${productName} be launched here`, allowedContent: [TemplateContent.IAM_RESOURCES], fileName: `${name}-launch-role.yaml`,
    });
    new TargetLaunchRole(this.launchRoleTemplate, 'LaunchRole', launching);
    const asset = new TemplateAsset(this, this.template);
    this.product = new CloudFormationProduct(this, 'Product', {
      productName,
      owner,
      description,
      tagOptions,
      productVersions: [{ productVersionName: asset.version, cloudFormationTemplate: CloudFormationTemplate.fromUrl(asset.url) }],
    });
    const { launchRole, launchRoleName } = this;
    this.portfolio = offer(this, this.product, props, { launchRole, launchRoleName, accounts: sharedWith(this, stages) });
    this.printCommands(stages, region);
  }

  /** Grants permission to launch targets in the account of the product, and to update and terminate those that sessions of the role have launched. */
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

  private makeTemplate(props: DeploymentTargetProductProps, region: string): SelfContainedTemplate {
    const { stages, environmentAccounts, rolePath, rolePaths } = props;
    const template = new SelfContainedTemplate(this, 'Template', {
      description: 'Deployment target of the models of a data-science environment',
      allowedContent: [TemplateContent.IAM_RESOURCES],
      maximumSize: SelfContainedTemplate.OBJECT_SIZE,
      region: Token.isUnresolved(region) ? undefined : region,
    });
    const { environmentName, environmentAccount: account, stageName } = new TargetForm(template, { stages, environmentAccounts });
    const names = EnvironmentNames._at(template, { environmentName, account, region, rolePath, rolePaths });
    const target = new CrossAccountDeploymentTarget(template, 'Target', {
      ...props,
      environment: new AskedEnvironment(template, 'Environment', names),
      stage: stages[0]._called(stageName),
      cloudFormationExecutionRoles: [arnIn(WHERE_DEPLOYED, 'iam', `role/${this.launchRoleName}`)],
    });
    keepWhose(target, `${environmentName} ${account} ${stageName}`);
    return template;
  }

  private printCommands(stages: DeploymentStage[], region: string): void {
    new CfnOutput(this, 'LaunchRoleCommand', {
      description: 'Once in each account with which the product is shared, before it is launched there',
      value: `aws cloudformation deploy --region ${region} --stack-name ${this.launchRoleName} --template-file cdk.out/${this.launchRoleTemplate.filePath} --capabilities CAPABILITY_NAMED_IAM`,
    });
    const units = [...new Set(stages.flatMap(({ organizationalUnitPaths }) => organizationalUnitPaths).map((path) => path.split('/').slice(-2)[0]))];
    if (units.length === 0) return;
    new CfnOutput(this, 'ShareCommand', {
      description: 'Once by whoever administers Service Catalog for the organization',
      value: units.map((unit) => `aws servicecatalog create-portfolio-share --region ${region} --portfolio-id ${this.portfolio.portfolioId} --organization-node Type=ORGANIZATIONAL_UNIT,Value=${unit}`).join(' && '),
    });
  }
}

/**
 * Another environment, account or stage in an update would be another target, and what deploys the endpoints that are there would go.
 * CloudFormation replaces no policy that has a name, and a policy's description cannot change: so such an update is refused, in words that
 * the name says.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
 */
function keepWhose(target: CrossAccountDeploymentTarget, whose: string): void {
  const policy = target.node.findChild('Containers').node.findChild('Policy').node.defaultChild as CfnManagedPolicy;
  policy.managedPolicyName = Fn.join('-', ['SC-a-target-keeps-its-environment-and-stage', Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
  policy.description = `What containers do of ${whose}`; // stays as it is: a release that says it otherwise would have every target refused
}
