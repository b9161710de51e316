import { CloudFormationProduct, CloudFormationTemplate, Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { MEMBER_PRODUCT } from './member-acknowledgements';
import { MemberTemplate } from './member-template';
import { ManagedRole, Personas, StudioAuthMode } from '../../identity';
import { openPortfolio } from '../../identity/open-portfolio';
import { ProjectFoundation } from '../../mlops/project-foundation';
import { EnvironmentNames, EnvironmentParameter } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { acknowledge } from '../../private/acknowledgements';
import { throwValidationError } from '../../private/invalid-input';
import { MemberContext, passing } from '../../roles/card';
import { MEMBER_LAUNCH } from '../../roles/member-launch';
import { Arns } from '../../roles/statements/arns';
import { SecureStudioDomain } from '../../studio';

/** What adding members needs of an environment. */
interface Membership extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly studio: SecureStudioDomain;
  readonly personas: Personas;
}

/** A product from which team administrators add and remove members, in a portfolio that only they find. */
export class MemberProduct extends Construct {
  public readonly product: CloudFormationProduct;

  constructor(environment: Membership, id: string, foundation: ProjectFoundation) {
    super(environment, id);
    const { names, studio, network, personas } = environment;
    acknowledge(this, MEMBER_PRODUCT);
    const launch = ManagedRole._of(this, { names, card: MEMBER_LAUNCH });
    const cleanUpArn = studio._cleansUpMembers([this]) ?? throwValidationError(environment, {
      property: 'studio.existingDomain',
      value: studio.domainId,
      rule: 'not be given for members from a form',
      remedy: 'Nothing cleans up in it when they go: add its users by addUser',
    });
    const { vpcId } = network.vpc, { domainId } = studio, arns = new Arns(this, names);
    const signsInByPortal = studio.authMode === StudioAuthMode.IDENTITY_CENTER;
    const context: MemberContext = { scope: this, names, arns, domainId, vpcId, cleanUpArn, signsInByPortal };
    launch.addToPolicy(...MEMBER_LAUNCH.may(context), ...passing(MEMBER_LAUNCH, (roles) => roles.map((role) => names.roleArn(role))));
    names.publish(this, EnvironmentParameter._STUDIO_SECURITY_GROUP_ID, network.studioSecurityGroup.securityGroupId);
    names.publish(this, EnvironmentParameter._CLEAN_UP_FUNCTION_ARN, cleanUpArn);
    this.product = this.makeProduct(foundation, studio);
    const displayName = `${names.environmentName} members`;
    const portfolio = new Portfolio(this, 'Portfolio', { displayName, providerName: foundation.provider, description: 'Adds and removes members of an environment' });
    portfolio.addProduct(this.product);
    portfolio.setLaunchRole(this.product, launch.role);
    openPortfolio(portfolio, personas.teamAdministrator);
    personas._allowMemberProduct(this.product.productArn);
  }

  private makeProduct(foundation: ProjectFoundation, { hasHomeFileSystem, authMode }: SecureStudioDomain): CloudFormationProduct {
    const template = new MemberTemplate(this, 'Content', foundation.names, { hasHomeFileSystem, authMode });
    foundation._signs(template);
    const object = foundation._publisher.publish(this, 'Template', { folder: 'products', name: 'member.json', content: template.templateText(), contentType: 'application/json' });
    return new CloudFormationProduct(this, 'Product', {
      productName: 'Member',
      description: 'A data scientist or an ML engineer with a user profile in Studio; termination removes it',
      owner: foundation.provider,
      productVersions: [{ cloudFormationTemplate: CloudFormationTemplate.fromUrl(object.url), productVersionName: object.version }],
    });
  }
}
