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

/** What people made is in them, or cannot be had a second time under the same name. */
const STATEFUL = new Set([
  'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SageMaker::Domain', 'AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::ECR::Repository', 'AWS::IAM::Role', 'AWS::Glue::Database',
]);

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
export function checkLaunchable(versions: EnvironmentProductVersion[]): string[] {
  return versions.flatMap(({ name, template }) => {
    // Not those of the project templates in it, which have a launch role of their own.
    const resources = template.node.findAll()
      .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.stack.node.path === template.node.path);
    const others = new Set(resources.map(({ cfnResourceType }) => cfnResourceType).filter((type) => /^AWS::/.test(type) && !LAUNCHABLE_TYPES.has(type)));
    const byIdentityCenter = resources.some((resource) => (resource as Partial<CfnDomain>).authMode === StudioAuthMode.IDENTITY_CENTER);
    const existing = template.node.findAll().filter((node): node is DataScienceEnvironment => node instanceof DataScienceEnvironment)
      .flatMap(({ names }) => Object.values(EnvironmentRole).filter((role) => names._roleSettings(role).existingRole));
    return [
      ...(others.size === 0 ? [] : [describe({
        property: `versions (${name})`,
        value: [...others],
        rule: 'have only what the launch role can make',
        remedy: 'Leave it out of the template, such as InternetAccess.inspected(), or deploy the environment with an app',
      })]),
      ...(byIdentityCenter ? [describe({
        property: `versions (${name})`, value: 'authMode SSO', rule: 'have users who sign in by IAM', remedy: 'The launch role has no permissions in IAM Identity Center: deploy the environment with an app',
      })] : []),
      ...(existing.length === 0 ? [] : [describe({
        property: `versions (${name})`, value: existing, rule: 'have no existingRole', remedy: 'The launch role passes only roles that a launch makes: deploy the environment with an app',
      })]),
    ];
  });
}

/** What an update from each version to the next would replace. */
export function checkVersions(versions: EnvironmentProductVersion[]): string[] {
  return versions.slice(1).flatMap(({ name, template }, index) => {
    const before = versions[index], now = new Set(statefulOf(template));
    const gone = statefulOf(before.template).filter((one) => !now.has(one));
    return gone.length === 0 ? [] : [describe({
      property: `versions (${name})`,
      value: gone.slice(0, 3),
      rule: `have what ${before.name} has, under the same logical ids: an update would replace it`,
      remedy: 'Keep the ids of constructs in the template, such as that of the DataScienceEnvironment, and its options',
    })];
  });
}

/** Logical ids and types of what must not be replaced. */
function statefulOf(template: EnvironmentTemplate): string[] {
  return template.node.findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && STATEFUL.has(node.cfnResourceType))
    .map((resource) => `${resource.cfnResourceType} ${String(template.resolve(resource.logicalId))}`);
}
