import { CfnResource, Token } from 'aws-cdk-lib';
import type { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { LAUNCHABLE_TYPES } from './launchable-types';
import { StudioAuthMode } from '../../identity';
import { EnvironmentRole } from '../../names';
import { checkPortfolio } from '../../private/given-portfolio';
import { InputCheck } from '../../private/input-check';
import { describe } from '../../private/invalid-input';
import { checkRequired, kind, Kind, listOf, structOf, TEXT } from '../../private/required-input';
import { DataScienceEnvironment } from '../data-science-environment';
import type { EnvironmentProductProps, EnvironmentProductVersion } from '../environment-product-props';
import type { EnvironmentTemplate } from '../environment-template';

const VERSION = /^[\w.-]{1,100}$/;
/** Of a stack the CDK believes that it is a token. */
const TEMPLATE: Kind = (property, value) => (typeof (value as Partial<EnvironmentTemplate> | undefined)?._isVersionOf === 'function' ? []
  : kind('an object of a class that extends EnvironmentTemplate', () => false)(property, Token.isUnresolved(value) ? 'another stack' : value));
const VERSIONS = listOf(structOf<EnvironmentProductVersion>({ name: TEXT, template: TEMPLATE }));

/** What people made is in them, or cannot be had a second time under the same name; and what CloudFormation replaces them for. */
export const STATEFUL: Record<string, string[]> = {
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::KMS::Key': [],
  'AWS::SageMaker::Domain': ['DomainName', 'AuthMode', 'VpcId', 'KmsKeyId'],
  'AWS::EC2::VPC': ['CidrBlock', 'InstanceTenancy'],
  'AWS::EC2::Subnet': ['VpcId', 'AvailabilityZone', 'CidrBlock'],
  'AWS::ECR::Repository': ['RepositoryName', 'EncryptionConfiguration'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'AWS::Glue::Database': [],
};

/** What a product must be. */
export function checkProduct(product: Construct, props: EnvironmentProductProps): void {
  checkRequired(product, props, { productName: TEXT, owner: TEXT, versions: VERSIONS });
  new InputCheck(product)
    .that('productName', props.productName, (name) => name.length <= 100, 'have 1–100 characters')
    .that('owner', props.owner, (owner) => owner.length <= 50, 'have 1–50 characters')
    .notEmpty('versions', props.versions)
    .every('versions', props.versions.map(({ name }) => name), (name) => VERSION.test(name), 'have names of 1–100 letters, digits, dots, hyphens and underscores')
    .unique('versions', props.versions.map(({ name }) => name))
    .accountIds('sharedAccounts', props.sharedAccounts)
    .unique('sharedAccounts', props.sharedAccounts)
    .throwIfInvalid();
  checkPortfolio(product, props.portfolio);
}

/** What the launch role could not make, which a launch would find out when half of the environment is there. */
export function checkLaunchable({ versions, enableIdentityCenter = false }: EnvironmentProductProps): string[] {
  return versions.flatMap(({ name, template }) => {
    // Not those of the project templates in it, which have a launch role of their own.
    const resources = template.node.findAll()
      .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.stack.node.path === template.node.path);
    const others = new Set(resources.map(({ cfnResourceType }) => cfnResourceType).filter((type) => /^AWS::/.test(type) && !LAUNCHABLE_TYPES.has(type)));
    const byIdentityCenter = !enableIdentityCenter
      && resources.some((resource) => (resource as Partial<CfnDomain>).authMode === StudioAuthMode.IDENTITY_CENTER);
    const environments = template.node.findAll().filter((node): node is DataScienceEnvironment => node instanceof DataScienceEnvironment);
    const withoutDomain = environments.filter(({ studio }) => !studio.node.findAll().some((node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::SageMaker::Domain'));
    const existing = environments.flatMap(({ names }) => Object.values(EnvironmentRole).filter((role) => names._roleSettings(role).existingRole));
    return [
      ...(others.size === 0 ? [] : [describe({
        property: `versions (${name})`,
        value: [...others],
        rule: 'have only what the launch role can make',
        remedy: 'Leave it out of the template, such as InternetAccess.inspected(), or deploy the environment with an app',
      })]),
      ...(byIdentityCenter ? [describe({
        property: `versions (${name})`, value: 'authMode SSO', rule: 'have users who sign in by IAM', remedy: 'Say enableIdentityCenter, and for EnvironmentLaunchRole in other accounts too: the launch role then looks people up',
      })] : []),
      ...withoutDomain.map(({ studio }) => describe({
        property: `versions (${name})`,
        value: studio.domainId,
        rule: 'have no studio.existingDomain',
        remedy: 'Each environment that is launched would claim the same domain: deploy the environment with an app',
      })),
      ...(existing.length === 0 ? [] : [describe({
        property: `versions (${name})`, value: existing, rule: 'have no existingRole', remedy: 'The launch role passes only roles that a launch makes: deploy the environment with an app',
      })]),
    ];
  });
}

/** What an update from each version to the next would replace. */
export function checkVersions(versions: EnvironmentProductVersion[]): string[] {
  return versions.slice(1).flatMap(({ name, template }, index) => {
    const before = versions[index], had = statefulOf(before.template), has = statefulOf(template);
    const gone = [...had.keys()].filter((one) => !has.has(one));
    const changed = [...had].flatMap(([one, fixed]) => Object.keys(fixed).filter((property) => has.get(one)?.[property] !== fixed[property]).map((property) => `${one} ${property}`));
    if (gone.length > 0) {
      return [describe({
        property: `versions (${name})`,
        value: gone.slice(0, 3),
        rule: `have what ${before.name} has, under the same logical ids: an update would replace it`,
        remedy: 'Keep the ids of constructs in the template, such as that of the DataScienceEnvironment, and its options',
      })];
    }
    return changed.length === 0 ? [] : [describe({
      property: `versions (${name})`,
      value: changed.slice(0, 3),
      rule: `leave as it is in ${before.name} what cannot change: an update would replace it`,
      remedy: 'Keep these options, or offer the template as another product, for new environments',
    })];
  });
}

/** What must not be replaced, by type and logical id, with what it would be replaced for. */
function statefulOf(template: EnvironmentTemplate): Map<string, Record<string, string>> {
  const resources = template.node.findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.cfnResourceType in STATEFUL);
  return new Map(resources.map((resource) => {
    const logicalId = String(template.resolve(resource.logicalId)), type = resource.cfnResourceType;
    const { Properties = {} } = (template.resolve((resource as unknown as Rendered)._toCloudFormation()) as Rendering).Resources[logicalId];
    return [`${type} ${logicalId}`, Object.fromEntries(STATEFUL[type].map((property) => [property, JSON.stringify(Properties[property])]))];
  }));
}

/** How the CDK writes a resource, which it keeps to itself. */
interface Rendered {
  readonly _toCloudFormation: () => object;
}

interface Rendering {
  readonly Resources: Record<string, { readonly Properties?: Record<string, unknown> }>;
}
